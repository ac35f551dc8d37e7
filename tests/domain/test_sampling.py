"""Sizes, draws and bounds against brute force, and what they promise in the long run."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.sampling import (
    Line,
    Whole,
    allocate,
    clopper_pearson,
    draw,
    false_limit,
    found_at_most,
    misses,
    most_false,
    population_digest,
    read_share,
    sample_size,
    seed_of,
)
from rectify_tui.errors import Problem

SHARES = st.integers(1, 60).map(lambda n: Fraction(n, 100))
CONFIDENCES = st.sampled_from([Fraction(80, 100), Fraction(95, 100), Fraction(99, 100)])
SEEDS = st.text("0123456789abcdef", min_size=4, max_size=8)


@st.composite
def populations(draw_of):
    counties = draw_of(st.lists(st.integers(1, 12), min_size=1, max_size=6))
    lines = []
    for at, n in enumerate(counties):
        watched = draw_of(st.booleans())
        for _ in range(n):
            whole = draw_of(st.sampled_from([None, None, None, None, *Whole]))
            lines.append(Line(f"P/{len(lines) + 1}", f"county {at}", whole, watched))
    return lines


def missing_samples(size: int, false: int, n: int) -> Fraction:
    """The share of all samples that hold none of the first so many."""
    samples = list(combinations(range(size), n))
    return Fraction(sum(min(each, default=size) >= false for each in samples), len(samples))


@pytest.mark.parametrize(
    ("size", "n"), [(50, 31), (100, 45), (200, 51), (500, 56), (1000, 57), (1, 1), (0, 0)]
)
def test_sizes_that_reject_a_false_share_of_5_percent_at_95(size, n):
    assert sample_size(size) == n


@given(st.integers(1, 400), SHARES, CONFIDENCES)
def test_a_size_is_the_fewest_that_will_do(size, tolerable, confidence):
    false = false_limit(size, tolerable)
    enough = [
        n for n in range(1, size + 1)
        if Fraction(comb(size - false, n), comb(size, n)) <= 1 - confidence
    ]  # fmt: skip
    assert sample_size(size, tolerable, confidence) == min(enough)


@given(st.integers(1, 9), st.data())
def test_chances_are_shares_of_all_samples(size, data):
    false, n = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    assert misses(size, false, n) == missing_samples(size, false, n)
    for found in range(n + 1):
        samples = list(combinations(range(size), n))
        few = sum(sum(each < false for each in one) <= found for one in samples)
        assert found_at_most(size, false, n, found) == Fraction(few, len(samples))


@given(st.integers(1, 60), CONFIDENCES, st.data())
def test_an_upper_bound_is_the_most_that_the_visits_leave_open(size, confidence, data):
    n = data.draw(st.integers(1, size))
    found = data.draw(st.integers(0, n))
    open_numbers = [
        false for false in range(found, size - n + found + 1)
        if found_at_most(size, false, n, found) > 1 - confidence
    ]  # fmt: skip
    assert most_false(size, n, found, confidence) == max(open_numbers)


@given(st.integers(1, 60), st.data())
def test_the_binomial_bound_leaves_exactly_the_chance_that_was_allowed(n, data):
    found = data.draw(st.integers(0, n - 1))
    bound = Fraction(clopper_pearson(found, n))
    tail = sum(comb(n, k) * bound**k * (1 - bound) ** (n - k) for k in range(found + 1))
    assert float(tail) == pytest.approx(0.05, rel=1e-6)
    assert clopper_pearson(n, n) == 1.0
    assert clopper_pearson(0, n) == pytest.approx(1 - 0.05 ** (1 / n))


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 40), min_size=1), SEEDS)
def test_counties_give_their_share_rounded_up_or_down(sizes, seed):
    total = sum(sizes.values())
    for n in (0, total // 3, total):
        shares = allocate(sizes, n, seed)
        assert sum(shares.values()) == n
        for county, size in sizes.items():
            assert abs(shares[county] - Fraction(n * size, total)) < 1
            assert 0 <= shares[county] <= size


@given(populations(), SEEDS, st.randoms())
def test_a_draw_follows_from_seed_and_list_whatever_its_order(lines, seed, rng):
    sample = draw(lines, seed)
    shuffled = list(lines)
    rng.shuffle(shuffled)
    again = draw(shuffled, seed)
    assert again == sample
    assert population_digest(shuffled) == population_digest(lines)
    refs = set(sample.refs)
    assert len(refs) == len(sample.refs)
    assert {line.ref for line in lines if line.whole} <= refs
    rest = [line for line in lines if not line.whole and not line.watched]
    assert len(refs & {line.ref for line in rest}) == sample_size(len(rest))
    for county in {line.county for line in lines}:
        own = {line.ref for line in lines if line.county == county and not line.whole}
        if any(line.watched for line in lines if line.county == county):
            assert len(refs & own) == sample_size(len(own))


def test_every_line_has_the_same_chance_also_in_counties_of_one():
    lines = [Line(f"P/{n}", f"county {n if n < 10 else n % 3}") for n in range(40)]
    n = sample_size(len(lines))
    counts = Counter(
        ref for seed in range(1000) for ref in draw(lines, seed_of("x", str(seed))).refs
    )
    for line in lines:
        assert counts[line.ref] / 1000 == pytest.approx(n / len(lines), abs=0.08)


def test_another_nonce_or_another_list_gives_another_draw():
    lines = [Line(f"P/{n}", f"county {n % 7}") for n in range(200)]
    one, two = (draw(lines, seed_of("head", nonce)) for nonce in ("481", "482"))
    assert one.refs != two.refs
    assert seed_of("a", "bc") != seed_of("ab", "c")
    assert population_digest(lines) != population_digest(lines[1:])


@pytest.mark.parametrize("text", ["5%", "0.05", "５％", " 5 % ".replace(" ", "")])
def test_shares_as_people_write_them(text):
    assert read_share(text) == Fraction(5, 100)


@pytest.mark.parametrize("text", ["", "0", "5", "100%", "-1%", "x", "1e-2"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(Problem):
        read_share(text)


def spread(rng: random.Random, lines: list[Line], false: int, how: str) -> set[str]:
    """Which lines are false: anywhere, all in as few counties as can be, or one to each."""
    shuffled = rng.sample(lines, len(lines))
    if how == "clustered":
        shuffled.sort(key=lambda line: line.county)
    if how == "scattered":
        turn: Counter[str] = Counter()
        order = []
        for line in shuffled:
            turn[line.county] += 1
            order.append((turn[line.county], line))
        shuffled = [line for _, line in sorted(order, key=lambda pair: pair[0])]
    return {line.ref for line in shuffled[:false]}


@pytest.mark.campaign
@pytest.mark.parametrize("how", ["anywhere", "clustered", "scattered"])
def test_of_10_000_simulated_ledgers_no_more_than_5_percent_hide_their_false_share(how):
    rng = random.Random(20200306)
    missed, allowed = 0, 0.0
    for ledger in range(10_000):
        size = rng.choice([50, 100, 200])
        counties = rng.randint(1, 12)
        lines = [Line(f"P/{n}", f"county {rng.randrange(counties)}") for n in range(size)]
        false = false_limit(size, Fraction(5, 100))
        wrong = spread(rng, lines, false, how)
        sample = draw(lines, seed_of(f"{ledger:064x}", "481"))
        missed += wrong.isdisjoint(sample.refs)
        n = len(sample.refs)
        allowed += max(float(misses(size, false, n)), (1 - n / size) ** false)
    print(f"{how}: {missed / 100:.2f} % missed, {allowed / 100:.2f} % allowed at worst")
    deviations = 3 * (10_000 * 0.05 * 0.95) ** 0.5
    assert missed <= (10_000 * 0.05 if how != "scattered" else allowed) + deviations

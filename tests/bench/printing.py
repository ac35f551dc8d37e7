"""The table as it is printed: a line for each thing measured, a column for each size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .lines import Figure, Line

Found = Mapping[str, Mapping[int, Figure]]
"""What was found, by the key of the line and the size."""


def shown(value: float, unit: str) -> str:
    """A figure with its unit."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}{'' if unit == '×' else ' '}{unit}"


def growth(line: Line, figures: Mapping[int, Figure]) -> float | None:
    """How many times the value at the largest size is that at the smallest."""
    sizes = sorted(figures)
    if len(sizes) < 2 or not figures[sizes[0]].value:
        return None
    return figures[sizes[-1]].value / figures[sizes[0]].value


def table(
    lines: Iterable[Line], found: Found, sizes: Sequence[int], before: Found | None = None
) -> Iterable[str]:
    """The lines of the table in Markdown; with `before` how a figure was in an earlier run."""
    yield _row(("what", "beside", *(f"{size:,}" for size in sizes), "growth", "aim", ""))
    yield _row(("---", "---", *("--:" for _ in sizes), "--:", "--:", "---"))
    for line in lines:
        figures = found.get(line.key, {})
        if not figures:
            continue
        cells = [_cell(line, figures.get(size), size, before) for size in sizes]
        grown = growth(line, figures)
        aim = f"{'≥' if line.at_least else '≤'} {shown(line.aim, line.unit)}"
        if line.grows is not None:
            aim += f", growth ≤ {line.grows}"
        met = all(line.met(each.shown) for each in figures.values())
        met &= line.grows is None or grown is None or grown <= line.grows
        grown_text = "" if grown is None else f"{grown:.2f}"
        yield _row((line.title, line.floor, *cells, grown_text, aim, "" if met else "over"))


def _cell(line: Line, figure: Figure | None, size: int, before: Found | None) -> str:
    if figure is None:
        return ""
    text = shown(figure.shown, line.unit)
    earlier = (before or {}).get(line.key, {}).get(size)
    return text if earlier is None else f"{text} (was {shown(earlier.shown, line.unit)})"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def peer_rows(found: Sequence[tuple[str, str, Figure | None]], size: int) -> Iterable[str]:
    """How other programs did."""
    yield _row((f"at {size:,}", "by", "they", "we", "we : they"))
    yield _row(("---", "---", "--:", "--:", "--:"))
    for what, who, figure in found:
        if figure is None or figure.floor is None:
            yield _row((what, who, "not installed", "", ""))
        else:
            times = shown(figure.floor, "s"), shown(figure.value, "s"), f"{figure.shown:.2f}"
            yield _row((what, who, *times))

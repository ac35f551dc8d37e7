"""What the steps of the ladder are called, and reading them back."""

from __future__ import annotations

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language, keys_below, values_by_word
from rectify_tui.reports.table import Labelled


def step_label(t: Language, step: str) -> Labelled:
    """What a step is called."""
    return Labelled(step, t(f"ladder.step.{step}"))


def read_step(text: str) -> EscalationStep:
    """The step that a word stands for, as tables print it in either language or programs know it.

    Raises `Problem` for any other word.
    """
    words = values_by_word(keys_below("ladder.step", EscalationStep))
    step_name = words.get(clean(text).casefold())
    if step_name is None:
        t = Language("zh")
        known = ", ".join(f"{step} {step_label(t, step).label}" for step in EscalationStep)
        raise Problem("escalation.bad_step", text=text, known=known)
    return EscalationStep(step_name)

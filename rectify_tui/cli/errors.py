"""What becomes of errors: one sentence in the user's language, and an exit code.

0 done; 1 the answer is no; 2 the user can mend it; 70 a fault in the program; 130 cancelled;
141 the reader of a pipe went away.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from rectify_tui.cli.misuse import Misuse, click_sentence, file_problem
from rectify_tui.cli.options import starting_options
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language

REFUSED, MISUSED, FAULT, CANCELLED, PIPE_CLOSED = 1, 2, 70, 130, 141


def tell(text: str, *, err: bool = True) -> None:
    """Print sentences without anything in them that could steer the terminal; an indent stays."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    click.echo(indent + clean(text, multiline=True, limit=len(text) * 3 + 1), err=err)


def run(command: click.Command, words: Sequence[str], name: str, **extra: Any) -> int:
    """Run a command with the words of its command line; the exit code."""
    language = Language("en")
    try:
        options = starting_options(words)
        language = options.language
        code = _invoke(command, list(words), name, **{"obj": options, **extra})
        sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:
        code = PIPE_CLOSED
        with contextlib.suppress(BrokenPipeError):
            code = _report(error, language)
        _empty_stdout()
    return code


def _invoke(command: click.Command, words: list[str], name: str, **extra: Any) -> int:
    try:
        with command.make_context(name, words, **extra) as ctx:
            command.invoke(ctx)
    except Exit as leaving:
        return leaving.exit_code
    return 0


def _report(error: BaseException, t: Language) -> int:
    """Tell the user on stderr, where there is something to tell; the exit code."""
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    if isinstance(error, NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return MISUSED
    if isinstance(error, (KeyboardInterrupt, click.Abort, EOFError)):
        click.echo(err=True)  # ends the line in which the terminal shows ^C
        tell(t("app.cancelled"))
        # An interrupt inside code that is run from text, as that of every dataclass is while it is
        # made, leaves Python resolved to die of the signal, unless more such code ends well.
        exec("")  # noqa: S102 - text of ours, and empty
        return CANCELLED
    sentence, code = _sentence(error, t)
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = "\n" + t("cli.error.see_help", command=f"{error.ctx.command_path} --help")
    if code == FAULT or _trouble_of(error) or isinstance(error, OSError):
        _trace(error)
    tell(t("cli.error.error", message=sentence) + hint)
    return code


def _sentence(error: BaseException, t: Language) -> tuple[str, int]:
    if isinstance(error, Misuse):
        return t.problem(error.problem), MISUSED
    if isinstance(error, Problem):
        return t.problem(error), REFUSED if isinstance(error, Refusal) else MISUSED
    if isinstance(error, click.ClickException):
        return click_sentence(error, t), MISUSED
    if isinstance(error, OSError):
        return t.problem(file_problem(error)), MISUSED
    if (trouble := _trouble_of(error)) is not None:
        return t.problem(trouble), MISUSED
    return t("app.unexpected", kind=type(error).__name__, reason=error), FAULT


def _trouble_of(error: BaseException) -> Problem | None:
    """What ails the store, None where the error is not of its engine."""
    if "rectify_tui.store.connection" not in sys.modules:  # so nothing of a store was opened
        return None
    from rectify_tui.store.connection import DatabaseError, engine

    return engine.problem_of(error) if isinstance(error, DatabaseError) else None


def _trace(error: BaseException) -> None:
    if os.environ.get("RECTIFY_DEBUG", "0") not in {"", "0"}:
        import traceback

        traceback.print_exception(error)


def _empty_stdout() -> None:
    """Drop what cannot be written, or the interpreter would complain of it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

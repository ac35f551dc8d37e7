"""click's own complaints in the user's language."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from rectify_tui.cli.options import language_of
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language

_FILE_TROUBLE = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.EISDIR: "is_folder",
    errno.ENOTDIR: "not_folder",
    errno.EEXIST: "exists",
    errno.ENOSPC: "full",
}


class Misuse(click.UsageError):
    """A command used in a way it does not understand, told by a `Problem`."""

    def __init__(self, problem: Problem, ctx: click.Context | None = None) -> None:
        super().__init__(str(problem), ctx)
        self.problem = problem


def file_problem(error: OSError) -> Problem:
    """The problem for an error of the operating system."""
    kind = _FILE_TROUBLE.get(error.errno or 0, "other")
    if error.filename is None and kind != "full":
        return Problem("cli.file.unnamed", reason=error.strerror or error)
    path = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
    return Problem(f"cli.file.{kind}", path=path, reason=error.strerror)


def click_sentence(error: click.ClickException, t: Language) -> str:
    """The sentence for an error that click raised; a message of its own stays as it is."""
    if isinstance(error, click.NoSuchCommand):
        return t("cli.error.no_command", name=error.command_name) + _close_to_command(error, t)
    if isinstance(error, click.NoSuchOption):
        return t("cli.error.no_option", name=error.option_name) + _close(error.possibilities, t)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        kind = "argument" if error.param.param_type_name == "argument" else "option"
        sentence = t(f"cli.error.missing_{kind}", name=_named(error.param))
        choices = choices_text(error.param.type, t)
        return sentence + (t("cli.error.choose", choices=choices) if choices else "")
    if isinstance(error, click.BadOptionUsage) and error.ctx is not None:
        kind = "no_value" if _is_flag(error.option_name, error.ctx) else "needs_value"
        return t(f"cli.error.{kind}", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return t("cli.value.other", name=_named(error.param), message=error.message)
    if isinstance(error, click.FileError):
        return t("cli.file.other", path=error.ui_filename, reason=error.message)
    return error.message


def _close_to_command(error: click.NoSuchCommand, t: Language) -> str:
    from difflib import get_close_matches

    if error.ctx is None or not isinstance(error.ctx.command, click.Group):
        return ""
    known = error.ctx.command.list_commands(error.ctx)
    return _close(get_close_matches(error.command_name, known), t)


def _close(names: Sequence[str] | None, t: Language) -> str:
    return t("cli.error.did_you_mean", names=", ".join(names)) if names else ""


def _is_flag(name: str, ctx: click.Context) -> bool:
    params = ctx.command.get_params(ctx)
    return any(
        isinstance(param, click.Option) and param.is_flag and name in param.opts for param in params
    )


def _named(param: click.Parameter) -> str:
    return param.human_readable_name if isinstance(param, click.Argument) else "/".join(param.opts)


def choices_text(type_: click.ParamType[Any], t: Language) -> str:
    """The values of a choice one after another, each with what it is called; empty for others."""
    if not isinstance(type_, click.Choice):
        return ""
    words = getattr(type_, "words", {})
    told = words if t.code == "zh" else {}  # English words have spaces in them
    values = (f"{each} {t(told[each])}" if each in told else each for each in type_.choices)
    return t("report.comma").join(values)


def bad_value(
    param: click.Parameter, value: object, error: click.BadParameter, ctx: click.Context
) -> Problem:
    """The problem for a value that a parameter's type does not take."""
    t = language_of(ctx)
    given = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    told = {"name": _named(param), "value": given}
    match param.type:
        case click.Choice():
            return Problem("cli.value.choice", **told, choices=choices_text(param.type, t))
        case click.IntRange() | click.FloatRange():
            return Problem("cli.value.range", **told, range=range_text(param.type, t))
        case click.types.IntParamType():
            return Problem("cli.value.whole", **told)
        case click.types.FloatParamType():
            return Problem("cli.value.number", **told)
        case click.types.BoolParamType():
            return Problem("cli.value.yes_no", **told)
        case click.DateTime():
            return Problem("cli.value.date", **told)
        case click.Path() | click.File():
            return _path_problem(param.type, given)
        case _:
            return Problem("cli.value.other", **told, message=error.message)


def range_text(type_: click.IntRange | click.FloatRange, t: Language) -> str:
    """Between which numbers a value must lie, the bounds included; empty for any."""
    if type_.min is None:
        return "" if type_.max is None else t("cli.range.most", most=type_.max)
    if type_.max is None:
        return t("cli.range.least", least=type_.min)
    return t("cli.range.between", least=type_.min, most=type_.max)


def _path_problem(type_: click.Path[Any] | click.File, given: str) -> Problem:
    try:
        is_folder = Path(given).is_dir()
        Path(given).stat()
    except OSError as error:
        return file_problem(error)
    except ValueError:
        return Problem("cli.file.missing", path=given)
    if is_folder and not getattr(type_, "dir_okay", False):
        return Problem("cli.file.is_folder", path=given)
    if not is_folder and not getattr(type_, "file_okay", True):
        return Problem("cli.file.not_folder", path=given)
    return Problem("cli.file.forbidden", path=given)

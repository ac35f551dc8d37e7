"""`-o` and `--force`: a file that a command writes instead of printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from rectify_tui.cli import base

_F = TypeVar("_F", bound=Callable[..., Any])


class OutputFile(NamedTuple):
    """A file to be written, and whether another that is there may go."""

    path: Path
    force: bool

    @property
    def is_standard_output(self) -> bool:
        """Whether `-` was given."""
        return str(self.path) == "-"

    def require_free(self) -> None:
        """See that it may be written, before anything is changed that it is to tell of.

        Raises as `reports.new_file.require_free` does.
        """
        from rectify_tui.reports.new_file import require_free

        require_free(self.path, force=self.force)

    def write(self, content: bytes | Iterator[bytes]) -> None:
        """Write it whole. Raises as `require_free` does."""
        from rectify_tui.reports.new_file import write_whole

        write_whole(self.path, content, force=self.force)

    def at(self, path: Path) -> OutputFile:
        """Another file under the same terms, such as one in a folder."""
        return OutputFile(path, self.force)


def output_option(
    help: str, *, metavar: str = "FILE", required: bool = False, allow_dash: bool = False
) -> Callable[[_F], Callable[..., Any]]:
    """Give a command `-o` and `--force`, which it gets together as `output`; None without `-o`."""

    def give(function: _F) -> Callable[..., Any]:
        @wraps(function)
        def bundled(*, output: Path | None, force: bool, **rest: Any) -> Any:
            return function(output=OutputFile(output, force) if output else None, **rest)

        command: Callable[..., Any] = bundled
        for decorate in (
            base.option("--force", is_flag=True, help="new_file.force"),
            base.option(
                "-o", "--output", type=click.Path(path_type=Path, allow_dash=allow_dash),
                metavar=metavar, required=required, help=help,
            ),
        ):  # fmt: skip
            command = decorate(command)
        return command

    return give

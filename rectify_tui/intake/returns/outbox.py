"""Files that appear in a folder together, or not at all."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from rectify_tui.part_file import make_folder, missing_folders


@dataclass
class Outbox:
    """A folder about to get files.

        with Outbox(folder) as outbox:
            outbox.add("大庆市.xlsx", content)
            outbox.deliver()

    Files wait in a hidden folder inside it until they are delivered. Where anything is raised, even
    after that, none is left and neither is a folder that was made for them. A file that was there
    before is never touched: the new one gets a number. Raises `OSError` that names the file.
    """

    folder: Path
    _waiting: list[tuple[Path, str]] = field(default_factory=list)
    _delivered: list[Path] = field(default_factory=list)
    _made: list[Path] = field(default_factory=list)
    _hidden: Path | None = None

    def __enter__(self) -> Outbox:
        try:
            self._made = missing_folders(self.folder)
            make_folder(self.folder)
            self._hidden = Path(tempfile.mkdtemp(prefix=".rectify-", dir=self.folder))
        except BaseException as error:
            self._take_back()
            if isinstance(error, OSError):
                error.filename = str(self.folder)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._hidden is not None:
            shutil.rmtree(self._hidden, ignore_errors=True)
        if kind is not None:
            self._take_back()

    def add(self, name: str, content: bytes) -> None:
        """Write a file that waits to be delivered under a name."""
        assert self._hidden is not None
        path = self._hidden / str(len(self._waiting))
        self._waiting.append((path, name))
        with _named(self.folder / name):
            path.write_bytes(content)

    def deliver(self) -> list[Path]:
        """Give the files their names; returns where each now is, in the order they came."""
        for waiting, name in self._waiting:
            path = self._reserve(name)
            self._delivered.append(path)
            with _named(path):
                waiting.replace(path)
        return self._delivered

    def _reserve(self, name: str) -> Path:
        """A new, empty file of that name, with a number where the name is taken."""
        wished = self.folder / name
        path, n = wished, 1
        while True:
            try:
                with _named(path), path.open("xb"):
                    return path
            except FileExistsError:
                n += 1
                path = wished.with_name(f"{wished.stem} ({n}){wished.suffix}")

    def _take_back(self) -> None:
        for path in self._delivered:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        for path in reversed(self._made):
            with contextlib.suppress(OSError):
                path.rmdir()


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors inside name the file that people know."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise

"""Manual pages and completions as the wheel has them; `python -m tests.shell_files` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rectify_tui.cli.completion import script
from rectify_tui.cli.main import cli
from rectify_tui.cli.manual import manual_page
from rectify_tui.i18n import Language

DOCS = Path(__file__).parent.parent / "docs"


def shell_files() -> Iterator[tuple[Path, str]]:
    """Each file with what it should hold."""
    yield DOCS / "man" / "rectify.1", manual_page(cli, Language("en"))
    yield DOCS / "man" / "rectify.zh_CN.1", manual_page(cli, Language("zh"))
    for name, shell in (("rectify.bash", "bash"), ("_rectify", "zsh"), ("rectify.fish", "fish")):
        yield DOCS / "completion" / name, script(shell)


if __name__ == "__main__":
    for path, text in shell_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

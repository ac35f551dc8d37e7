"""How the dashboard looks on this machine: its theme, and which signs it draws with.

theme = "light"     # dark, light, contrast
signs = "auto"      # auto: ASCII where the terminal draws some of them too wide; full; ascii
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from textual.theme import Theme

from rectify_tui.errors import Problem

FILE = "dashboard.toml"
"""Their file, in the folder of the user's settings."""

THEMES = {"dark": "textual-dark", "light": "rectify-light", "contrast": "rectify-contrast"}
"""What the themes are called here, and in Textual."""

SIGNS = ("auto", "full", "ascii")

CONTRAST = Theme(
    name=THEMES["contrast"], primary="#ffff00", secondary="#ffffff", accent="#00ffff",
    foreground="#ffffff", background="#000000", surface="#000000", panel="#303030",
    boost="#303030", warning="#ffd700", error="#ff8080", success="#60ff60", dark=True,
    variables={
        "text-muted": "#ffffff", "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000", "block-cursor-blurred-background": "#ffffff",
        "block-cursor-blurred-foreground": "#000000", "footer-background": "#000000",
        "footer-key-foreground": "#ffff00", "footer-description-foreground": "#ffffff",
    },
)  # fmt: skip
"""White on black, and yellow where one is; nothing is dimmed."""


LIGHT = Theme(
    name=THEMES["light"], primary="#004578", secondary="#005a9e", accent="#8a4b00",
    warning="#8a4b00", error="#a3123a", success="#1b6b33", background="#f2f2f2",
    surface="#ececec", panel="#dedede", dark=False,
    variables={
        "text-accent": "#8a4b00", "text-warning": "#8a4b00", "text-error": "#a3123a",
        "text-success": "#1b6b33", "footer-key-foreground": "#00508f",
    },
)  # fmt: skip
"""Textual's, with letters that stand out enough: 4.5 to 1 and more."""


class Looks(NamedTuple):
    """A theme of `THEMES`, and one of `SIGNS`."""

    theme: str = "dark"
    signs: str = "auto"


def read_looks(path: Path) -> Looks:
    """What stands in a file, and the rest as it is by default.

    Raises `Problem` for a file that cannot be read, and for words that are not known.
    """
    if not path.exists():
        return Looks()
    import tomllib

    try:
        kept = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problem("tui.looks.unreadable", path=path, error=error) from error
    known: dict[str, tuple[str, ...]] = {"theme": tuple(THEMES), "signs": SIGNS}
    for name, value in kept.items():
        if name not in known:
            raise Problem("tui.looks.unknown", path=path, name=name, known=", ".join(known))
        if value not in known[name]:
            choice = ", ".join(known[name])
            raise Problem(
                "tui.looks.unknown_value", path=path, name=name, value=value, known=choice
            )
    return Looks(**kept)


def write_looks(path: Path, looks: Looks) -> None:
    """Keep them for the next time; where that cannot be, they hold until one leaves."""
    text = "".join(f'{name} = "{value}"\n' for name, value in looks._asdict().items())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(text, "utf-8")
        part.replace(path)

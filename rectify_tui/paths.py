"""Where this user's files are. Nothing is created by asking."""

from __future__ import annotations

import os
from pathlib import Path

from rectify_tui.domain.text import clean

_APP = "rectify-tui"


def default_store() -> Path:
    """The store that is used where nobody names one."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "ledger.db"


def copied_rows() -> Path:
    """The file that holds what was copied last, since a terminal may not take it."""
    return default_store().with_name("copied.tsv")


def config_folder() -> Path:
    """The folder of this user's settings."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be made anew."""
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)


def shown_path(path: Path) -> str:
    """A path as it may be shown, with the user's home as `~`."""
    text = str(path)
    try:
        home = str(Path.home())
    except RuntimeError:
        home = ""
    if home and (text == home or text.startswith(home + os.sep)):
        text = "~" + text[len(home) :]
    return clean(text[:2000])

"""Where this user's files are. Nothing is created by asking."""

from __future__ import annotations

from pathlib import Path

_APP = "rectify-tui"


def default_store() -> Path:
    """The store that is used where nobody names one."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "ledger.db"


def config_folder() -> Path:
    """The folder of this user's settings."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)

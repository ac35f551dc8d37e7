"""One visit: the dashboard in a process that textual-serve has started, driven from a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.app import run_dashboard


def main() -> int:
    """Show the dashboard; without an editor nothing can be written."""
    asked = _asked()
    ledger = Ledger(asked.db, who=asked.editor, read_only=asked.editor is None)
    try:
        return run_dashboard(ledger, language=Language(asked.lang), ascii=asked.ascii, served=True)
    finally:
        ledger.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--lang", choices=LANGUAGES, required=True)
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--editor")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())

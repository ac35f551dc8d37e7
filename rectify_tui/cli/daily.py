"""The backup of the day, made by a process of its own while the user goes on."""

from __future__ import annotations

import contextlib
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger


def start_daily_backup(ledger: Ledger) -> None:
    """See that the ledger's backup of this day is made, unless there is one or it is thrown away.

    The process belongs to no terminal, says nothing and ends by itself; if it fails, the next
    command tries again. `rectify backup --daily` is what it runs.
    """
    from rectify_tui.store.backups import daily_path, is_temporary

    if daily_path(ledger.address, ledger.today()).exists() or is_temporary(ledger.address):
        return
    import subprocess
    import sys

    store = str(ledger.address.absolute())
    words = [sys.executable, "-m", "rectify_tui", "--db", store, "backup", "--daily"]
    nowhere = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        process = subprocess.Popen(  # noqa: S603 - this program itself, with the store's path
            words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
        # The dashboard may outlive it by days, and would else keep its entry among the processes.
        Thread(target=process.wait, daemon=True).start()

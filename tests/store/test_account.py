"""Who writes: the account that the machine knows."""

from __future__ import annotations

import os
import pwd

import pytest

from rectify_tui.store.account import account


def test_the_account_is_named_by_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "省长")
    assert account() == pwd.getpwuid(os.getuid()).pw_name
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_123)
    assert account() == "uid 4000000123"

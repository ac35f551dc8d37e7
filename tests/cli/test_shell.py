"""Completions and manual pages: as packaged, and where a shell and `man` find them."""

from __future__ import annotations

from click.testing import CliRunner
from shell_files import shell_files

from rectify_tui.cli.main import cli


def test_what_is_packaged_is_what_the_commands_say():
    """`python -m tests.shell_files` writes them anew."""
    for path, text in shell_files():
        assert path.read_text("utf-8") == text, path
        assert "rectify" in text


def test_they_are_printed_or_put_where_they_are_found(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for words, place in (
        (["completion", "bash"], "data/bash-completion/completions/rectify"),
        (["completion", "zsh"], "data/zsh/site-functions/_rectify"),
        (["completion", "fish"], "config/fish/completions/rectify.fish"),
        (["--lang", "en", "man"], "data/man/man1/rectify.1"),
        (["--lang", "zh", "man"], "data/man/zh_CN/man1/rectify.1"),
    ):
        printed = CliRunner().invoke(cli, words)
        told = CliRunner().invoke(cli, [*words, "--install"])
        assert printed.exit_code == told.exit_code == 0
        written = (tmp_path / place).read_text("utf-8")
        assert written == printed.stdout
        assert str(tmp_path / place) in told.stderr
        assert told.stdout == ""
        if words[-1] == "man":
            assert ".SS rectify item list" in written
            assert all(
                line.startswith((".TH", ".SH", ".SS", ".B", ".TP", ".PP", ".nf", ".fi"))
                for line in written.splitlines()
                if line.startswith(".")
            )

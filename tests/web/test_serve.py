"""The dashboard in a browser: who gets in, what is sent, who may write and under which name."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path

import pytest
from aiohttp import WSMsgType
from aiohttp.test_utils import TestClient, TestServer
from click.testing import CliRunner

from rectify_tui.cli.main import cli
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.store.ledger import Ledger
from rectify_tui.web.people import visitors
from rectify_tui.web.server import COOKIE, Served, make_site

pytestmark = pytest.mark.journeys

PATIENCE = 30


class Visit:
    """A browser's socket: what has come so far, and keys to be sent."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.seen = ""

    async def until(self, text: str) -> None:
        while text not in self.seen:
            try:
                message = await self.socket.receive(timeout=PATIENCE)
            except TimeoutError:
                raise AssertionError(f"{text} in {self.seen[-800:]}") from None
            assert message.type is WSMsgType.BINARY, (message, self.seen[-500:])
            raw = message.data.decode("utf-8", "replace")
            self.seen += re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", raw)

    async def leave(self) -> None:
        """Quit, and wait for the end of the process behind the socket."""
        await self.press("\x11")  # ctrl+q, whatever dialog is open
        async with asyncio.timeout(PATIENCE):
            while (await self.socket.receive()).type is WSMsgType.BINARY:
                pass

    async def press(self, keys: str) -> None:
        self.seen = ""
        await self.socket.send_json(["stdin", keys])


@pytest.fixture
async def site(seeded):
    known = visitors(["张三"])
    served = Served(Path(seeded.address), Language("zh"))
    async with TestClient(TestServer(make_site(served, known))) as client:
        yield client, *known
    async with asyncio.timeout(PATIENCE):
        while any(each.name.startswith("asyncio-waitpid") for each in threading.enumerate()):
            await asyncio.sleep(0.01)  # until the processes of the visits have gone


async def test_only_a_token_opens_anything_and_nothing_is_loaded_from_elsewhere(site):
    client, viewer, editor = site
    for path in ("/", "/x/", "/x/ws", "/ws", "/static/js/textual.js", "/download/k",
                 f"/{viewer.token[:-1]}/", f"/{viewer.token}x/ws"):  # fmt: skip
        answer = await client.get(path)
        assert answer.status == 403, path
        assert "没有权限" in await answer.text()
    assert viewer.token != editor.token
    answer = await client.get(f"/{viewer.token}/")
    page = await answer.text()
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.cookies[COOKIE]["httponly"]
    assert not re.search(r"https?://|//[\w.]+/", re.sub(r"location\.\w+", "", page))
    for file in re.findall(r'(?:src|href)="([^"]+)"|url\("([^"]+)"\)', page):
        loaded = await client.get(f"/{viewer.token}/{''.join(file)}")
        assert loaded.status == 200, file
        if "".join(file).endswith(".css"):
            assert not re.search(r"url\(|@import", await loaded.text())
    assert (await client.get(f"/{viewer.token}/static/")).status in (403, 404)
    assert (await client.get("/download/k")).status == 404  # the cookie lets in, nothing is there


async def test_a_viewer_changes_nothing_and_an_editor_writes_under_the_own_name(site, seeded):
    client, viewer, editor = site
    before = seeded.newest_batch()
    for who, last in ((viewer, "只能看，不能改"), (editor, "按 u 撤销")):
        size = "?width=100&height=30"
        async with client.ws_connect(f"/{who.token}/ws{size}") as socket:
            visit = Visit(socket)
            await visit.until("总览")
            assert ("只看" in visit.seen) == (who is viewer)
            await visit.press("5")
            await visit.until("不能读取服务器上的文件")
            await visit.press("2")
            await visit.until("HLJ-")
            await visit.press("s")
            await visit.until("项整改任务改为")
            await visit.press("6")
            await visit.press("\r")
            await visit.until(last)
            await visit.leave()
        if who is viewer:
            assert seeded.newest_batch() == before
    names = seeded.reader().execute("SELECT who FROM batch WHERE id > ?", [before]).fetchall()
    assert [name for (name,) in names] == ["张三"]


def test_what_is_only_read_is_not_written_and_names_are_asked_for(seeded, monkeypatch):
    reading = Ledger(seeded.address, clock=seeded.clock, read_only=True)
    with pytest.raises(Problem, match="looking_only"), reading.batch("set"):
        pass
    reading.close()
    for names in ([""], ["张三", " 张三 "]):
        with pytest.raises(Problem, match="bad_editor"):
            visitors(names)
    monkeypatch.setattr("rectify_tui.cli.serve.find_spec", lambda _: None)
    result = CliRunner().invoke(cli, ["--lang", "zh", "serve"])
    assert result.exit_code == 2
    assert "pip install" in result.output

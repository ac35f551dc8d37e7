"""A dashboard in a browser ends when the browser, or the server, has gone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import pytest
from aiohttp import WSMsgType
from aiohttp.test_utils import TestClient, TestServer

from rectify_tui.i18n import Language
from rectify_tui.web.people import visitors
from rectify_tui.web.server import Served, make_site
from rectify_tui.web.service import Visit

pytestmark = pytest.mark.journeys

PATIENCE = 30
MUCH_TYPED = "1234567" * 40


@pytest.fixture
def served(seeded):
    return Served(Path(seeded.address), Language("zh"))


async def test_a_browser_that_goes_and_a_server_that_stops(served, monkeypatch):
    processes = []
    opened = Visit._open_app_process

    async def noted(self, *size):
        processes.append(await opened(self, *size))
        return processes[-1]

    monkeypatch.setattr(Visit, "_open_app_process", noted)
    known = visitors([])
    async with TestClient(TestServer(make_site(served, known))) as client:
        address = f"/{known[0].token}/ws?width=200&height=60"
        gone = await client.ws_connect(address)
        assert (await gone.receive(PATIENCE)).type is WSMsgType.BINARY
        await gone.send_json(["stdin", MUCH_TYPED])
        gone._response.connection.transport.abort()  # in the middle of much that is painted
        async with asyncio.timeout(PATIENCE):
            assert await processes[0].wait() == 0
        left_open = await client.ws_connect(address)
        assert (await left_open.receive(PATIENCE)).type is WSMsgType.BINARY
    async with asyncio.timeout(PATIENCE):
        assert await processes[1].wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("end", ["pipes", "hangup"])
def test_a_server_that_dies_takes_its_visits_along(served, end):
    driver = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    process = subprocess.Popen(
        served.command(visitors([])[0]), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, **driver},
    )  # fmt: skip
    with process:
        assert process.stdout.readline() == b"__GANGLION__\n"
        if end == "pipes":
            process.stdin.close()  # what is painted lies in the other pipe, and nobody takes it
        else:
            process.send_signal(signal.SIGHUP)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""

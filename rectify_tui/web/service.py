"""A visit as the server sees it: a process that is there for as long as somebody looks."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

PATIENCE = 5.0
"""Seconds for which a process may take its leave before it is ended."""


class Visit(AppService):
    """textual-serve's way to speak with a dashboard in another process, and a sure end of it.

    Of itself it stops to read when the browser has gone, so that a process with much to say waits
    for ever for somebody who takes it, and then waits for that process.
    """

    def __init__(
        self, words: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        super().__init__(
            "", write_bytes=socket.send_bytes, write_str=socket.send_str, close=self._close,
            download_manager=downloads,
        )  # fmt: skip
        self._words = words
        self._socket = socket

    async def _close(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the process itself: a shell before it would be told what is meant for it."""
        environment = self._build_environment(width=width, height=height)
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = process.stdin
        return process

    async def on_data(self, payload: bytes) -> None:
        """Hand on what was painted, and go on reading where nobody is there to look."""
        with suppress(ConnectionError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """The same for what is told besides."""
        with suppress(ConnectionError):
            await super().on_meta(data)

    async def stop(self) -> None:
        """Ask the process to leave, tell it that nothing more comes, and in the end make it."""
        process = self._process
        if process is None or self._task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        with suppress(ConnectionError):
            await self.send_meta({"type": "quit"})
            self.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        await self._task
        self._task = None

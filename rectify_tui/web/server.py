"""The web server: a page for each link, a dashboard in a process of its own for each visit.

Every request must carry a token: in its path, or for a download, which the script of the page asks
for at the root, in a cookie that the page has set. Nothing that is sent names another host, and the
policy of the page forbids the browser to load from any.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import WSCloseCode, web
from textual_serve.server import Server, to_int

from rectify_tui.i18n import Language
from rectify_tui.web.people import Visitor, visitor_of
from rectify_tui.web.service import Visit

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COOKIE = "rectify"
_PAGE = Path(__file__).parent / "templates" / "page.html"
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:;"
    " worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
}  # fmt: skip
_FONT_SIZE = 16
_HEARTBEAT = 15
"""Seconds after which a browser that answers nothing counts as gone."""
_SIZE = {"width": 80, "height": 24}
_VISITOR = web.RequestKey("visitor", Visitor)


@dataclass(frozen=True)
class Served:
    """Which ledger is shown, in which language and style."""

    address: Path
    language: Language
    ascii: bool = False

    def command(self, visitor: Visitor) -> list[str]:
        """The command of a visit, word by word."""
        words = [sys.executable, "-m", "rectify_tui.web.visit", "--db", str(self.address)]
        words += ["--lang", self.language.code, *(["--ascii"] if self.ascii else [])]
        return [*words, *(["--editor", visitor.editor] if visitor.editor else [])]


def make_site(served: Served, known: Sequence[Visitor]) -> web.Application:
    """The whole site: below each token the pages of its visitor."""
    logging.getLogger("textual-serve").addHandler(logging.NullHandler())
    pages = {each.token: _Pages(served, each) for each in known}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        visitor = visitor_of(_token(request), known)
        if visitor is None:
            refusal = served.language("web.forbidden")
            return web.Response(status=403, text=refusal, headers=_HEADERS)
        request[_VISITOR] = visitor
        return await handler(request)

    async def download(request: web.Request) -> web.StreamResponse:
        return await pages[request[_VISITOR].token].handle_download(request)

    async def head(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)

    site = web.Application(middlewares=[guard])
    site.on_response_prepare.append(head)
    site.router.add_get("/download/{key}", download)
    for token, each in pages.items():
        site.add_subapp(f"/{token}/", each.application())
    return site


def _token(request: web.Request) -> str:
    """The first part of the path, or what the cookie says where a download is asked for."""
    first = request.path.lstrip("/").partition("/")[0]
    return request.cookies.get(COOKIE, "") if first == "download" else first


class _Pages(Server):
    """What one visitor gets; what is said over the socket, and downloads, are textual-serve's."""

    def __init__(self, served: Served, visitor: Visitor) -> None:
        super().__init__("rectify")
        self.served = served
        self.visitor = visitor
        self._open: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """The page, its socket, and the files that it loads."""
        application = web.Application()
        application.router.add_get("/", self.page)
        application.router.add_get("/ws", self.visit)
        application.router.add_static("/static", self.statics_path)
        application.on_shutdown.append(self.say_goodbye)
        return application

    async def say_goodbye(self, _: web.Application) -> None:
        """Close every window: the server would wait for them."""
        for socket in set(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def page(self, _: web.Request) -> web.Response:
        """The page with the terminal in it."""
        t = self.served.language
        filled = {
            "lang": {"zh": "zh-CN", "en": "en"}[t.code], "title": t("tui.title"),
            "ended": t("web.ended"), "again": t("web.again"), "size": str(_FONT_SIZE),
        }  # fmt: skip
        text = _PAGE.read_text("utf-8")
        for name, value in filled.items():
            text = text.replace(f"${name}$", value)
        response = web.Response(text=text, content_type="text/html")
        response.set_cookie(COOKIE, self.visitor.token, httponly=True, samesite="Strict")
        return response

    async def visit(self, request: web.Request) -> web.WebSocketResponse:
        """The socket of one window: a dashboard in a process that ends with it."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT)
        await socket.prepare(request)
        visit = Visit(self.served.command(self.visitor), socket, self.download_manager)
        size = (to_int(request.query.get(name, ""), least) for name, least in _SIZE.items())
        await visit.start(*size)
        self._open.add(socket)
        try:
            await self._process_messages(socket, visit)
        finally:
            self._open.discard(socket)
            await asyncio.shield(visit.stop())
        return socket

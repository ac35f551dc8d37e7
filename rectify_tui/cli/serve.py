"""`rectify serve`: the dashboard in a web browser, to look at or, for who is named, to edit."""

from __future__ import annotations

import ipaddress
from importlib.util import find_spec

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import tell
from rectify_tui.cli.stores import open_store, store_path
from rectify_tui.errors import Problem

_PORT = 8765


@click.command(
    "serve",
    cls=base.Command,
    help="web.help.serve",
    example="rectify serve\nrectify serve --editor 张三 --editor 李四\n"
    "rectify serve --host 0.0.0.0 --port 9000",
)
@base.option("--editor", "editors", multiple=True, metavar="NAME", help="web.help.editor")
@base.option("--host", default="127.0.0.1", show_default=True, help="web.help.host")
@base.option(
    "--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True, metavar="N",
    help="web.help.port",
)  # fmt: skip
@click.pass_context
def serve(ctx: click.Context, editors: tuple[str, ...], host: str, port: int) -> None:
    """Serve until the user stops it."""
    if find_spec("textual_serve") is None:
        raise Problem("web.not_installed")
    from rectify_tui.web.people import visitors
    from rectify_tui.web.server import Served, make_site

    with open_store(ctx):  # so that it is there, and up to date before anybody comes
        pass
    options, known = base.options_of(ctx), visitors(editors)
    site = make_site(Served(store_path(ctx).absolute(), options.language, options.ascii), known)
    shown = f"[{host}]" if ":" in host else host
    for each in known:
        address = f"http://{shown}:{port}/{each.token}/"
        key = "web.link_to_look" if each.editor is None else "web.link_to_edit"
        tell(options.language(key, who=each.editor, address=address), err=False)
    if not _is_loopback(host):
        base.note(ctx, "web.open_to_others", host=host)
    base.note(ctx, "web.how_to_stop")
    from aiohttp import web

    try:
        web.run_app(site, host=host, port=port, print=None, access_log=None)
    except OSError as error:
        raise Problem("web.cannot_listen", host=host, port=port, error=error.strerror) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

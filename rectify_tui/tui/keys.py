"""The one registry of keys: bindings, footer, help screen and command palette come from it.

Everyone can give an action other keys in `keys.toml` in the configuration folder:

    [ledger]
    status = "s,f9"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding, BindingType

from rectify_tui.errors import Problem
from rectify_tui.tui.textual_private import key_name, key_sign


@dataclass(frozen=True)
class Key:
    """Keys that do something: `id` names them in `keys.toml` and in the messages.

    `action` is Textual's name of the action; `show` puts the keys into the footer, `palette` into
    the command palette, where moving about has no place.
    """

    id: str
    keys: str
    action: str
    show: bool = False
    palette: bool = True


SCOPES: Mapping[str, tuple[Key, ...]] = {
    "app": (
        Key("app.overview", "1,f2", "app.switch_mode('overview')"),
        Key("app.items", "2,f3", "app.switch_mode('items')"),
        Key("app.cases", "3,f4", "app.switch_mode('cases')"),
        Key("app.weekly", "4,f5", "app.switch_mode('weekly')"),
        Key("app.intake", "5,f6", "app.switch_mode('intake')"),
        Key("app.queue", "6,f7", "app.switch_mode('queue')"),
        Key("app.map", "7,f8", "app.switch_mode('map')"),
        Key("app.help", "question_mark,f1", "app.help", show=True),
        Key("app.palette", "ctrl+p,colon", "app.command_palette", palette=False),
        Key("app.programme", "N", "app.add_programme"),
        Key("app.undo", "u", "app.undo", show=True),
        Key("app.redo", "U,ctrl+r", "app.redo"),
        Key("app.day_back", "left_square_bracket", "app.move_date(-1)"),
        Key("app.day_on", "right_square_bracket", "app.move_date(1)"),
        Key("app.week_back", "left_curly_bracket", "app.move_date(-7)"),
        Key("app.week_on", "right_curly_bracket", "app.move_date(7)"),
        Key("app.date", "D", "app.choose_date"),
        Key("app.today", "T", "app.today"),
        Key("app.language", "L", "app.turn_language"),
        Key("app.dark", "ctrl+t", "app.turn_dark"),
        Key("app.ascii", "ctrl+a", "app.turn_ascii"),
        Key("app.quit", "q", "app.quit", show=True),
    ),
    "table": (
        Key("table.down", "j,down", "table('cursor_down')", palette=False),
        Key("table.up", "k,up", "table('cursor_up')", palette=False),
        Key("table.page_down", "pagedown", "table('page_down')", palette=False),
        Key("table.page_up", "pageup", "table('page_up')", palette=False),
        Key("table.half_down", "ctrl+d", "table('half_page_down')", palette=False),
        Key("table.half_up", "ctrl+u", "table('half_page_up')", palette=False),
        Key("table.first", "g,home", "table('first')", palette=False),
        Key("table.last", "G,end", "table('last')", palette=False),
        Key("table.right", "shift+right", "table('pass_columns(1)')"),
        Key("table.left", "shift+left", "table('pass_columns(-1)')"),
    ),
    "overview": (
        Key("overview.in", "l,right,enter", "drill", show=True),
        Key("overview.out", "h,left,backspace", "back", show=True),
        Key("overview.by", "b", "turn_by", show=True),
        Key("overview.items", "i", "list_items", show=True),
        Key("overview.cases", "c", "list_cases", show=True),
        Key("overview.behind", "t", "list_behind"),
        Key("overview.next", "n", "go_next"),
        Key("overview.sort", "o", "sort"),
        Key("overview.reverse", "O", "reverse"),
    ),
    "ledger": (
        Key("ledger.filter", "slash", "pane('filter')", show=True),
        Key("ledger.status", "s", "set_status", show=True),
        Key("ledger.edit", "e", "edit", show=True),
        Key("ledger.mark", "space", "table('toggle_mark')", show=True),
        Key("ledger.range", "v", "table('range')"),
        Key("ledger.mark_all", "A", "table('mark_all')"),
        Key("ledger.extend_down", "shift+down,J", "table('extend_down')", palette=False),
        Key("ledger.extend_up", "shift+up,K", "table('extend_up')", palette=False),
        Key("ledger.sort", "o", "pane('sort')"),
        Key("ledger.reverse", "O", "pane('reverse')"),
        Key("ledger.columns", "C", "choose_columns"),
        Key("ledger.detail", "d,enter", "pane('turn_detail')", show=True),
        Key("ledger.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", palette=False),
        Key("ledger.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", palette=False),
        Key("ledger.leave", "escape", "pane('leave')", palette=False),
        Key("ledger.back", "h,left,backspace", "back"),
    ),
    "weekly": (
        Key("weekly.before", "h,left,p", "before", show=True),
        Key("weekly.after", "l,right,n", "after", show=True),
        Key("weekly.kind", "w", "turn_kind", show=True),
        Key("weekly.programme", "b", "turn_programme", show=True),
        Key("weekly.compare", "c", "compare", show=True),
        Key("weekly.export", "x", "export", show=True),
        Key("weekly.freeze", "f", "freeze", show=True),
        Key("weekly.withdraw", "W", "withdraw"),
        Key("weekly.current", "enter", "show_current"),
        Key("weekly.down", "j,down", "page('scroll_down')", palette=False),
        Key("weekly.up", "k,up", "page('scroll_up')", palette=False),
        Key("weekly.page_down", "pagedown,space,ctrl+d", "page('scroll_page_down')", palette=False),
        Key("weekly.page_up", "pageup,ctrl+u", "page('scroll_page_up')", palette=False),
        Key("weekly.left", "shift+left", "page('scroll_half_left')", palette=False),
        Key("weekly.right", "shift+right", "page('scroll_half_right')", palette=False),
        Key("weekly.first", "g,home", "page('scroll_home')", palette=False),
        Key("weekly.last", "G,end", "page('scroll_end')", palette=False),
    ),
    "items": (Key("items.merge", "m", "merge", show=True),),
    "intake": (
        Key("intake.add", "o", "add", show=True),
        Key("intake.take", "space", "turn_line", show=True),
        Key("intake.take_file", "A", "turn_file"),
        Key("intake.rule", "r", "by_rule", show=True),
        Key("intake.meaning", "m", "say_meaning"),
        Key("intake.apply", "x", "apply", show=True),
        Key("intake.watch", "w", "watch", show=True),
        Key("intake.file", "f", "pane('next_file')", show=True),
        Key("intake.remove", "delete,backspace", "remove"),
        Key("intake.programme", "p", "choose_programme"),
        Key("intake.filter", "slash", "pane('filter')"),
        Key("intake.unchanged", "v", "pane('turn_unchanged')"),
        Key("intake.detail", "d,enter", "pane('turn_detail')", show=True),
        Key("intake.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", palette=False),
        Key("intake.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", palette=False),
        Key("intake.item", "i", "open_record"),
        Key("intake.leave", "escape", "pane('leave')", palette=False),
        Key("intake.back", "h,left", "back"),
    ),
    "queue": (
        Key("queue.reason", "r", "give_reason", show=True),
        Key("queue.next", "n", "plan_next", show=True),
        Key("queue.status", "s", "set_status", show=True),
        Key("queue.escalate", "e", "escalate", show=True),
        Key("queue.put_off", "z", "put_off", show=True),
        Key("queue.keep", "full_stop", "keep", show=True),
        Key("queue.answer", "a", "answer"),
        Key("queue.open", "o,enter", "open"),
        Key("queue.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", palette=False),
        Key("queue.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", palette=False),
        Key("queue.mark", "space", "table('toggle_mark')"),
        Key("queue.range", "v", "table('range')"),
        Key("queue.mark_all", "A", "table('mark_all')"),
        Key("queue.extend_down", "shift+down,J", "table('extend_down')", palette=False),
        Key("queue.extend_up", "shift+up,K", "table('extend_up')", palette=False),
        Key("queue.filter", "slash", "pane('filter')"),
        Key("queue.programme", "b", "turn_programme"),
        Key("queue.done", "t", "turn_done"),
        Key("queue.shelved", "Z", "turn_put_off"),
        Key("queue.patterns", "p", "patterns"),
        Key("queue.group", "w", "group"),
        Key("queue.export", "x", "export"),
        Key("queue.item", "i", "list_item"),
        Key("queue.order", "O", "tell_order"),
        Key("queue.leave", "escape", "leave", palette=False),
        Key("queue.back", "h,left,backspace", "back"),
    ),
    "map": (
        Key("map.left", "h,left", "move(0, -1)", palette=False),
        Key("map.right", "l,right", "move(0, 1)", palette=False),
        Key("map.up", "k,up", "move(-1, 0)", palette=False),
        Key("map.down", "j,down", "move(1, 0)", palette=False),
        Key("map.enter", "enter", "enter", show=True),
        Key("map.back", "escape,backspace", "back", show=True),
        Key("map.figure", "tab", "turn_figure(1)", show=True),
        Key("map.figure_back", "shift+tab", "turn_figure(-1)"),
        Key("map.programme", "b", "turn_programme", show=True),
        Key("map.items", "i", "list_items", show=True),
        Key("map.behind", "t", "list_behind"),
    ),
    "side_list": (
        Key("side_list.open", "l,right,enter", "choose", show=True),
        Key("side_list.by", "b", "turn_by"),
        Key("side_list.leave", "escape,h,left,backspace", "leave", show=True),
    ),
}

ONE_SCREEN = (
    ("app", "table", "overview"), ("app", "table", "ledger", "items"), ("app", "weekly"),
    ("app", "table", "intake"), ("app", "table", "queue"), ("app", "table", "side_list"),
    ("app", "map"),
)  # fmt: skip
"""Scopes whose keys hold at the same time."""

RENAMED = {"behind.": "queue.", "aside.": "side_list.", "app.behind": "app.queue"}
"""How ids began that key maps of older versions may name, and how they begin now."""

ALL_KEYS: Mapping[str, Key] = {key.id: key for keys in SCOPES.values() for key in keys}


def bindings(*scopes: str) -> list[BindingType]:
    """The bindings of these scopes; a description is the id, translated when it is shown."""
    return [
        Binding(key.keys, key.action, key.id, show=key.show, id=key.id)
        for scope in scopes
        for key in SCOPES[scope]
    ]


def message(key_id: str) -> str:
    """The message key of what an action does."""
    return f"keys.{key_id}"


def read_keymap(path: Path) -> dict[str, str]:
    """Keys by action id, as somebody put them in a TOML file; empty where there is none.

    Raises `Problem` for a file that is no TOML, an unknown action, no text, or keys used twice.
    """
    if not path.exists():
        return {}
    try:
        written = dict(_flat(tomllib.loads(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problem("tui.keymap_unreadable", path=path, error=error) from error
    keymap = {}
    for id, keys in written.items():
        id = _present_id(id)
        if id not in ALL_KEYS:
            raise Problem("tui.keymap_unknown", path=path, id=id, key=_help_key())
        if not isinstance(keys, str) or not list(_split(keys)):
            raise Problem("tui.keymap_no_keys", path=path, id=id)
        keymap[id] = ",".join(_split(keys))
    _refuse_doubles(path, keymap)
    return keymap


def _present_id(id: str) -> str:
    for old, new in RENAMED.items():
        if id.startswith(old):
            return new + id.removeprefix(old)
    return id


def _flat(table: Mapping[str, object], before: str = "") -> Iterable[tuple[str, object]]:
    """Values by their dotted names, whether they stand in tables or not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _refuse_doubles(path: Path, keymap: Mapping[str, str]) -> None:
    """Two actions that can be asked for at the same time must not share a key."""
    for scopes in ONE_SCREEN:
        taken: dict[str, str] = {}
        for key in (key for scope in scopes for key in SCOPES[scope]):
            for pressed in _split(keymap.get(key.id, key.keys)):
                name = key_name(pressed)
                if name in taken and {key.id, taken[name]} & keymap.keys():
                    raise Problem(
                        "tui.keymap_double", path=path, key=pressed, first=taken[name],
                        second=key.id,
                    )  # fmt: skip
                taken[name] = key.id


def _help_key() -> str:
    return keys_text(ALL_KEYS["app.help"].keys).partition(" ")[0]


def _split(keys: str) -> Iterable[str]:
    return (key.strip() for key in keys.split(",") if key.strip())


def keys_text(keys: str) -> str:
    """Keys as the user reads them: `? f1`, `^p :`."""
    return " ".join(map(key_sign, _split(keys)))

"""The one registry of keys: bindings, footer, help screen and command palette come from it.

Everyone can give an action other keys in `keys.toml` in the configuration folder:

    [ledger]
    status = "s,f9"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding, BindingType

from rectify_tui.errors import Problem
from rectify_tui.tui.textual_private import key_name, key_sign


class Key(NamedTuple):
    """Keys that do something: `id` names them in `keys.toml` and in the messages.

    `action` is Textual's name of the action; `show` puts the keys into the footer, `palette` into
    the command palette, where moving about has no place. A key means the same `verb` on every
    screen, which is the end of the id unless another is given. `needs` says what has to be there
    before it can be done, in a word that the screen knows.
    """

    id: str
    keys: str
    action: str
    show: bool = False
    palette: bool = True
    verb: str = ""
    needs: str = ""

    @property
    def does(self) -> str:
        """What the keys mean, on whatever screen."""
        return self.verb or self.id.rpartition(".")[2]

    @property
    def acts_on_row(self) -> bool:
        """Whether it is about the row under the cursor, or those that are marked."""
        return self.needs in _OF_ROWS


_OF_ROWS = frozenset({"row", "line", "recipient", "answers"})
"""What is needed by keys that have to wait while it is not known yet which row is meant."""


def _moving(id: str, keys: str, action: str, verb: str = "") -> Key:
    return Key(id, keys, action, palette=False, verb=verb)


SCOPES: Mapping[str, tuple[Key, ...]] = {
    "app": (
        Key("app.overview", "1,f2", "app.switch_mode('overview')"),
        Key("app.items", "2,f3", "app.switch_mode('items')"),
        Key("app.cases", "3,f4", "app.switch_mode('cases')"),
        Key("app.weekly", "4,f5", "app.switch_mode('weekly')"),
        Key("app.intake", "5,f6", "app.switch_mode('intake')"),
        Key("app.queue", "6,f7", "app.switch_mode('queue')"),
        Key("app.map", "7", "app.switch_mode('map')"),
        Key("app.board", "8", "app.switch_mode('board')"),
        Key("app.tables", "9", "app.switch_mode('tables')"),
        Key("app.help", "question_mark,f1", "app.help", show=True),
        Key("app.palette", "ctrl+p,colon", "app.command_palette", palette=False),
        Key("app.programme", "N", "app.add_programme", verb="new_programme"),
        Key("app.tidy", "Y", "app.tidy"),
        Key("app.undo", "u,ctrl+z", "app.undo", show=True),
        Key("app.redo", "U,ctrl+r", "app.redo"),
        Key("app.batches", "H", "app.list_batches"),
        Key("app.day_back", "left_square_bracket", "app.move_date(-1)"),
        Key("app.day_on", "right_square_bracket", "app.move_date(1)"),
        Key("app.week_back", "left_curly_bracket", "app.move_date(-7)"),
        Key("app.week_on", "right_curly_bracket", "app.move_date(7)"),
        Key("app.date", "D", "app.choose_date"),
        Key("app.today", "T", "app.today"),
        Key("app.language", "L", "app.turn_language"),
        Key("app.theme", "ctrl+t", "app.turn_theme"),
        Key("app.ascii", "ctrl+a", "app.turn_ascii"),
        Key("app.quit", "q,ctrl+q", "app.quit", show=True),
    ),
    "table": (
        _moving("table.down", "j,down", "table('cursor_down')"),
        _moving("table.up", "k,up", "table('cursor_up')"),
        _moving("table.page_down", "pagedown", "table('page_down')"),
        _moving("table.page_up", "pageup", "table('page_up')"),
        _moving("table.half_down", "ctrl+d", "table('half_page_down')"),
        _moving("table.half_up", "ctrl+u", "table('half_page_up')"),
        _moving("table.first", "g,home", "table('first')"),
        _moving("table.last", "G,end", "table('last')"),
        Key("table.copy", "y,ctrl+y", "copy", needs="row"),
        Key("table.right", "shift+right", "table('pass_columns(1)')"),
        Key("table.left", "shift+left", "table('pass_columns(-1)')"),
    ),
    "overview": (
        Key("overview.in", "l,right,enter", "drill", show=True, verb="open", needs="row"),
        Key("overview.out", "h,left,backspace", "back", show=True, verb="back"),
        Key("overview.by", "b,ctrl+g", "turn_by", show=True, verb="programme"),
        Key("overview.items", "i", "list_items", show=True, verb="item"),
        Key("overview.cases", "c", "list_cases", show=True),
        Key("overview.export", "x,ctrl+x", "export", needs="row"),
        Key("overview.behind", "exclamation_mark", "list_behind"),
        Key("overview.next", "n", "go_next"),
        Key("overview.sort", "o,ctrl+o", "sort"),
        Key("overview.reverse", "O", "reverse"),
    ),
    "ledger": (
        Key("ledger.filter", "slash,f8", "pane('filter')", show=True),
        Key("ledger.status", "s,ctrl+s", "set_status", show=True, needs="row"),
        Key("ledger.edit", "e,ctrl+e", "edit", show=True, needs="row"),
        Key("ledger.add", "a,ctrl+n", "add"),
        Key("ledger.withdraw", "W", "withdraw", needs="row"),
        Key("ledger.mark", "space", "table('toggle_mark')", show=True, needs="row"),
        Key("ledger.range", "v", "table('range')", needs="row"),
        Key("ledger.mark_all", "A,ctrl+l", "table('mark_all')", needs="row"),
        _moving("ledger.extend_down", "shift+down,J", "table('extend_down')"),
        _moving("ledger.extend_up", "shift+up,K", "table('extend_up')"),
        Key("ledger.sort", "o,ctrl+o", "pane('sort')"),
        Key("ledger.reverse", "O", "pane('reverse')"),
        Key("ledger.save_view", "V", "save_view"),
        Key("ledger.columns", "C", "choose_columns"),
        Key("ledger.export", "x,ctrl+x", "export", needs="row"),
        Key("ledger.detail", "d,enter", "pane('turn_detail')", show=True, verb="open"),
        _moving("ledger.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", "page_down"),
        _moving("ledger.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", "page_up"),
        _moving("ledger.leave", "escape", "pane('leave')", "back"),
        Key("ledger.back", "h,left,backspace", "back"),
    ),
    "weekly": (
        Key("weekly.before", "p,left", "before", show=True),
        Key("weekly.after", "n,right", "after", show=True, verb="next"),
        Key("weekly.kind", "B", "turn_kind", show=True, verb="by"),
        Key("weekly.programme", "b,ctrl+g", "turn_programme", show=True),
        Key("weekly.compare", "equals_sign", "compare", show=True),
        Key("weekly.list", "Q", "list_frozen"),
        Key("weekly.export", "x,ctrl+x", "export", show=True, needs="report"),
        Key("weekly.freeze", "f", "freeze", show=True, needs="report"),
        Key("weekly.withdraw", "W", "withdraw", needs="frozen"),
        Key("weekly.current", "enter", "show_current", verb="open"),
        _moving("weekly.down", "j,down", "page('scroll_down')"),
        _moving("weekly.up", "k,up", "page('scroll_up')"),
        _moving("weekly.page_down", "pagedown,ctrl+f", "page('scroll_page_down')"),
        _moving("weekly.page_up", "pageup,ctrl+b", "page('scroll_page_up')"),
        _moving("weekly.left", "shift+left", "page('scroll_half_left')"),
        _moving("weekly.right", "shift+right", "page('scroll_half_right')"),
        _moving("weekly.first", "g,home", "page('scroll_home')"),
        _moving("weekly.last", "G,end", "page('scroll_end')"),
    ),
    "items": (
        Key("items.merge", "m", "merge", show=True, needs="row"),
        Key("items.steps", "S", "steps", needs="row"),
        Key("items.extend", "X", "extend", needs="row"),
        Key("items.evidence", "number_sign", "add_evidence", needs="row"),
        Key("items.forward", "greater_than_sign,ctrl+shift+right", "forward", needs="row"),
        Key("items.send_back", "less_than_sign,ctrl+shift+left", "send_back", needs="row"),
        Key("items.card", "ampersand", "give_card", needs="row"),
        Key("items.visit", "semicolon", "record_visit", needs="row"),
    ),
    "cases": (Key("cases.handle", "S", "handle", show=True, verb="steps", needs="row"),),
    "intake": (
        Key("intake.add", "a,ctrl+n", "add", show=True),
        Key("intake.make", "plus", "make_returns", show=True),
        Key("intake.remind", "E,f10", "remind", show=True, verb="escalate", needs="round"),
        Key("intake.received", "s,ctrl+s", "mark_received", verb="status", needs="recipient"),
        Key("intake.rounds", "Q", "list_rounds", verb="list", needs="round"),
        Key("intake.columns", "C", "check_columns", needs="files"),
        Key("intake.take", "space", "turn_line", show=True, verb="mark", needs="row"),
        Key("intake.take_file", "A,ctrl+l", "turn_file", verb="mark_all", needs="files"),
        Key("intake.rule", "asterisk", "by_rule", show=True, needs="files"),
        Key("intake.meaning", "e,ctrl+e", "say_meaning", verb="edit", needs="row"),
        Key("intake.apply", "w,ctrl+w", "apply", show=True, verb="write", needs="files"),
        Key("intake.watch", "F", "watch", show=True),
        Key("intake.file", "n", "pane('next_file')", verb="next", needs="files"),
        Key("intake.remove", "delete", "remove", needs="files"),
        Key("intake.programme", "b,ctrl+g", "choose_programme", needs="files"),
        Key("intake.filter", "slash,f8", "pane('filter')"),
        Key("intake.unchanged", "t", "pane('turn_unchanged')", verb="hidden"),
        Key("intake.detail", "d,enter", "pane('turn_detail')", verb="open"),
        _moving("intake.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", "page_down"),
        _moving("intake.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", "page_up"),
        Key("intake.export", "x,ctrl+x", "export", needs="row"),
        Key("intake.item", "i", "open_record", needs="row"),
        _moving("intake.leave", "escape", "pane('leave')", "back"),
        Key("intake.back", "h,left,backspace", "back"),
    ),
    "mapping": (
        Key("mapping.open", "l,right,enter", "choose", show=True, needs="row"),
        Key("mapping.words", "e,ctrl+e", "say_words", show=True, verb="edit", needs="row"),
        Key("mapping.day", "at", "choose_day", show=True),
        Key("mapping.table", "B", "choose_table", verb="by"),
        Key("mapping.programme", "b,ctrl+g", "choose_programme", show=True),
        Key("mapping.leave", "escape,h,left,backspace", "leave", show=True, verb="back"),
    ),
    "queue": (
        Key("queue.reason", "r,f9", "give_reason", show=True, verb="review", needs="line"),
        Key("queue.next", "R", "plan_next", show=True, verb="review_next", needs="line"),
        Key("queue.status", "s,ctrl+s", "set_status", show=True, needs="line"),
        Key("queue.escalate", "E,f10", "escalate", show=True, needs="line"),
        Key("queue.put_off", "z,f12", "put_off", show=True, needs="line"),
        Key("queue.keep", "full_stop,ctrl+k", "keep", show=True, needs="line"),
        Key("queue.answer", "a,ctrl+n", "answer", verb="add", needs="line"),
        Key("queue.open", "d,enter", "open", needs="row"),
        _moving("queue.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", "page_down"),
        _moving("queue.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", "page_up"),
        Key("queue.mark", "space", "table('toggle_mark')", needs="row"),
        Key("queue.range", "v", "table('range')", needs="row"),
        Key("queue.mark_all", "A,ctrl+l", "table('mark_all')", needs="row"),
        _moving("queue.extend_down", "shift+down,J", "table('extend_down')"),
        _moving("queue.extend_up", "shift+up,K", "table('extend_up')"),
        Key("queue.filter", "slash,f8", "pane('filter')"),
        Key("queue.programme", "b,ctrl+g", "turn_programme"),
        Key("queue.done", "t", "turn_done", verb="hidden"),
        Key("queue.shelved", "Z", "turn_put_off"),
        Key("queue.patterns", "P", "patterns"),
        Key("queue.group", "M", "group"),
        Key("queue.export", "x,ctrl+x", "export", needs="row"),
        Key("queue.item", "i", "list_item", needs="row"),
        Key("queue.order", "o,ctrl+o", "tell_order", verb="sort"),
        _moving("queue.leave", "escape", "leave", "back"),
        Key("queue.back", "h,left,backspace", "back"),
        Key("queue.people", "I", "people"),
        Key("queue.card", "ampersand", "give_card", needs="line"),
    ),
    "map": (
        _moving("map.left", "left", "move(0, -1)"),
        _moving("map.right", "right", "move(0, 1)"),
        _moving("map.up", "k,up", "move(-1, 0)"),
        _moving("map.down", "j,down", "move(1, 0)"),
        Key("map.enter", "l,enter", "enter", show=True, verb="open"),
        Key("map.back", "h,escape,backspace", "back", show=True, verb="back"),
        Key("map.figure", "tab", "turn_figure(1)", show=True),
        Key("map.figure_back", "shift+tab", "turn_figure(-1)"),
        Key("map.programme", "b,ctrl+g", "turn_programme", show=True),
        Key("map.items", "i", "list_items", show=True, verb="item"),
        Key("map.behind", "exclamation_mark", "list_behind"),
    ),
    "board": (
        _moving("board.left", "left", "move(0, -1)"),
        _moving("board.right", "right", "move(0, 1)"),
        _moving("board.up", "k,up", "move(-1, 0)"),
        _moving("board.down", "j,down", "move(1, 0)"),
        _moving("board.first", "g,home", "go(0)"),
        _moving("board.last", "G,end", "go(-1)"),
        Key(
            "board.forward", "greater_than_sign,ctrl+shift+right", "forward", show=True, needs="row"
        ),
        Key(
            "board.send_back", "less_than_sign,ctrl+shift+left", "send_back", show=True, needs="row"
        ),
        Key("board.mark", "space", "mark", show=True, needs="row"),
        Key("board.mark_all", "A,ctrl+l", "mark_all", show=True, needs="row"),
        Key("board.export", "x,ctrl+x", "write_notice", needs="row"),
        Key("board.open", "d,enter", "open", show=True, needs="row"),
        Key("board.programme", "b,ctrl+g", "turn_programme", show=True),
        Key("board.back", "h,escape,backspace", "back"),
    ),
    "tables": (
        Key("tables.open", "l,right,enter", "choose", show=True, needs="row"),
        Key("tables.kind", "B", "turn_kind", show=True, verb="by", needs="kinds"),
        Key("tables.ask", "e,ctrl+e", "ask", show=True, verb="edit", needs="asks"),
        Key("tables.answer", "a,ctrl+n", "answer", show=True, verb="add", needs="answers"),
        Key("tables.programme", "b,ctrl+g", "turn_programme", show=True),
        Key("tables.filter", "slash,f8", "pane('filter')", show=True),
        Key("tables.detail", "d,ctrl+right", "pane('turn_detail')", verb="open", needs="row"),
        _moving("tables.scroll_down", "ctrl+f,ctrl+down", "pane('scroll_detail(1)')", "page_down"),
        _moving("tables.scroll_up", "ctrl+b,ctrl+up", "pane('scroll_detail(-1)')", "page_up"),
        Key("tables.export", "x,ctrl+x", "export", needs="row"),
        Key("tables.leave", "escape,h,left,backspace", "leave", show=True, verb="back"),
    ),
    "side_list": (
        Key("side_list.open", "l,right,enter", "choose", show=True, needs="row"),
        Key("side_list.by", "B", "turn_by"),
        Key("side_list.export", "x,ctrl+x", "export", needs="row"),
        Key("side_list.leave", "escape,h,left,backspace", "leave", show=True, verb="back"),
    ),
    "frozen": (
        Key("frozen.open", "l,right,enter", "choose", show=True, needs="row"),
        Key("frozen.compare", "equals_sign", "compare", show=True, needs="row"),
        Key("frozen.export", "x,ctrl+x", "export", needs="row"),
        Key("frozen.leave", "escape,h,left,backspace", "leave", show=True, verb="back"),
    ),
    "batches": (
        Key("batches.open", "l,right,enter", "choose", show=True, needs="row"),
        Key("batches.export", "x,ctrl+x", "export", needs="row"),
        Key("batches.leave", "escape,h,left,backspace", "leave", show=True, verb="back"),
    ),
}

ANYWHERE = ("left", "right")
"""Arrows point: up and down a tree, to the period before and after. They have no verb."""

DAILY = (
    "help", "palette", "undo", "redo", "quit", "filter", "status", "edit", "sort", "mark",
    "mark_all", "programme", "copy", "export", "add", "write", "review", "escalate", "put_off",
    "keep", "open", "back",
)  # fmt: skip
"""Verbs that every day needs: an F key, a Ctrl key or one that types nothing does them too, since
an input method keeps the letters."""

SCREENS: Mapping[str, tuple[str, ...]] = {
    "overview": ("overview",), "items": ("ledger", "items"), "cases": ("ledger", "cases"),
    "weekly": ("weekly",), "intake": ("intake",), "queue": ("queue",), "map": ("map",),
    "board": ("board",),
    "tables": ("tables",),
}  # fmt: skip
"""The screens that one can go to, by their modes, with the scopes of their own."""

_WITHOUT_TABLE = ("weekly", "map", "board")

ONE_SCREEN = (
    *(
        ("app", *(() if mode in _WITHOUT_TABLE else ("table",)), *scopes)
        for mode, scopes in SCREENS.items()
    ),
    ("app", "table", "side_list"),
    ("app", "table", "batches"),
    ("app", "table", "frozen"),
    ("app", "table", "mapping"),
)
"""Scopes whose keys hold at the same time."""

RENAMED = {
    "behind.": "queue.", "aside.": "side_list.", "app.behind": "app.queue", "app.dark": "app.theme",
}  # fmt: skip
"""How ids began that key maps of older versions may name, and how they begin now."""

ALL_KEYS: Mapping[str, Key] = {key.id: key for keys in SCOPES.values() for key in keys}


def bindings(*scopes: str) -> list[BindingType]:
    """The bindings of these scopes; a description is the id, translated when it is shown."""
    return [
        Binding(key.keys, key.action, key.id, show=key.show, id=key.id)
        for scope in scopes
        for key in SCOPES[scope]
    ]


def refuse_clash(scopes: Mapping[str, tuple[Key, ...]]) -> None:
    """Raise `ValueError` where a key means two things, on one screen or on two."""
    verbs: dict[str, Key] = {}
    for key in (key for keys in scopes.values() for key in keys):
        for pressed in set(split_keys(key.keys)).difference(ANYWHERE):
            other = verbs.setdefault(key_name(pressed), key)
            if other.does != key.does:
                raise ValueError(
                    f"{pressed} is {other.does} ({other.id}) and {key.does} ({key.id})"
                )


def message(key_id: str) -> str:
    """The message key of what an action does."""
    return f"keys.{key_id}"


def read_keymap(path: Path) -> dict[str, str]:
    """Keys by action id, as somebody put them in a TOML file; empty where there is none.

    The file was written for some version of the keys: an action that has another key gives way to
    it. Raises `Problem` for a file that is no TOML, an unknown action, no text, or keys used twice.
    """
    if not path.exists():
        return {}
    import tomllib

    try:
        written = dict(_flat(tomllib.loads(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problem("tui.keymap_unreadable", path=path, error=error) from error
    keymap = {}
    for id, keys in written.items():
        id = _present_id(id)
        if id not in ALL_KEYS:
            raise Problem("tui.keymap_unknown", path=path, id=id, key=_help_key())
        if not isinstance(keys, str) or not list(split_keys(keys)):
            raise Problem("tui.keymap_no_keys", path=path, id=id)
        keymap[id] = ",".join(split_keys(keys))
    _give_way(path, keymap)
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


def _give_way(path: Path, keymap: dict[str, str]) -> None:
    """Where a key of the user's own is another action's as well, that one keeps its other keys.

    Raises `Problem` where it has none left, or the user gave the key to both.
    """
    own = frozenset(keymap)
    for scopes in ONE_SCREEN:
        taken: dict[str, str] = {}
        keys = [key for scope in scopes for key in SCOPES[scope]]
        for key in sorted(keys, key=lambda key: key.id not in own):
            pressed = list(split_keys(keymap.get(key.id, key.keys)))
            lost = [each for each in pressed if key_name(each) in taken]
            kept = [each for each in pressed if each not in lost]
            if lost and (key.id in own or not kept):
                first = taken[key_name(lost[0])]
                raise Problem(
                    "tui.keymap_double", path=path, key=lost[0], first=first, second=key.id
                )
            if lost:
                keymap[key.id] = ",".join(kept)
            taken |= {key_name(each): key.id for each in kept}


def _help_key() -> str:
    return keys_text(ALL_KEYS["app.help"].keys).partition(" ")[0]


def split_keys(keys: str) -> Iterable[str]:
    """Keys one by one, as they stand with commas between."""
    return (key.strip() for key in keys.split(",") if key.strip())


def keys_text(keys: str) -> str:
    """Keys as the user reads them: `? f1`, `^p :`."""
    return " ".join(map(key_sign, split_keys(keys)))


refuse_clash(SCOPES)

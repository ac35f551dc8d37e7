"""What screens and dialogs work with: the ledger, the day, the language, and one way to do each.

The app makes the session and hands it on. Nothing here knows a screen, so that everything that is
drawn can stand on the session, and the session on nothing that is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.store.connection import DatabaseError, engine
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.tui.keys import ALL_KEYS, keys_text
from rectify_tui.tui.left_off import LeftOff
from rectify_tui.tui.plain import KeyLanguage, PlainLanguage

if TYPE_CHECKING:
    from rectify_tui.store.draft import Draft

Result = TypeVar("Result")

Change = Callable[["Draft"], None]
"""What is to be done to the ledger; called in a thread, inside one batch."""

RECENT = 12
"""Choices in the palette that are remembered."""

_KEYS_IN_WORDS = {
    "weekly": "app.weekly", "withdraw": "weekly.withdraw", "current": "weekly.current",
    "intake": "app.intake", "programme": "app.programme", "add": "intake.add",
    "batches": "app.batches", "items": "app.items", "visit": "items.visit", "card": "items.card",
    "date": "app.date", "tables": "app.tables",
    "edit": "ledger.edit", "merge": "items.merge",
    "take": "intake.take", "columns": "intake.columns", "table": "mapping.table",
    "tidy": "app.tidy",
    "add_item": "ledger.add", "steps": "items.steps", "queue": "app.queue",
    "frozen": "weekly.list", "form": "tables.kind", "answer": "tables.answer",
}  # fmt: skip
"""Blanks of problems in the dashboard's own words, and the actions whose keys fill them."""


class Host(Protocol):
    """What a session asks of the app that made it."""

    def run_worker(
        self, work: Callable[[], None], *, group: str, thread: bool, exclusive: bool
    ) -> Worker[None]:
        """Textual's: call something in a thread; an `exclusive` one gives its group up."""

    def call_from_thread(self, callback: Callable[..., Any], *args: Any) -> object:
        """Textual's: call something on the event loop, from a thread."""

    def push_screen(self, screen: Screen[Any], callback: Callable[[Any], None] | None) -> object:
        """Textual's: show a screen above the others."""

    def say(self, sentence: str, *, error: bool) -> None:
        """Show a sentence on the screen that lies below any dialogs."""

    def look_again(self) -> None:
        """See whether anything has been written."""

    def turned_back(self, batch: int) -> None:
        """A batch was undone or brought back."""

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's: send a text to the terminal for its clipboard."""

    def open_list(self, mode: str, filter_text: str, key: int | None) -> None:
        """Go to a list under a filter, with the cursor on one of its rows."""

    def deliver_binary(self, path_or_file: BinaryIO, *, save_filename: str) -> object:
        """Textual's: hand a file to whoever sits before the screen."""


class Session:
    """One ledger as one person looks at it.

    `as_of` is the day whose figures are shown, None for today; `keymap` has the keys of the user's
    own by the ids of their actions, `left_off` where this person was the last time, `recent` what
    was chosen in the palette. `unwritten` are asked before one leaves: each says what would be
    lost, if anything. `demo` says that the store is thrown away afterwards, `simulated` that
    something in it is made up, `served` that the files of this machine are not the user's.
    `figure` is what maps tell of each place.
    `newest_batch` is the newest that was noticed, `failures` how often something could not be read.
    """

    def __init__(
        self, host: Host, ledger: Ledger, language: Language, left_off: LeftOff, *, ascii: bool,
        demo: bool, served: bool = False,
    ) -> None:  # fmt: skip
        self._host = host
        self.ledger = ledger
        self.language = language
        self.left_off = left_off
        self.ascii = ascii
        self.demo = demo
        self.served = served
        self.simulated = False
        self.newest_batch = -1
        self.failures = 0
        self.figure = Figure.COMPLETION
        self.as_of: date | None = None
        self.keymap: Mapping[str, str] = {}
        self.recent: list[str] = []
        self.unwritten: list[Callable[[], str | None]] = []
        self._asking: Worker[None] | None = None

    @property
    def t(self) -> Language:
        """The language, with ASCII signs only where that is the style."""
        return PlainLanguage(self.language.code) if self.ascii else self.language

    @property
    def today(self) -> date:
        """The day on which the ledger is read and written."""
        return self.ledger.today()

    @property
    def day(self) -> date:
        """The day whose figures are shown."""
        return self.as_of or self.today

    @property
    def of_keys(self) -> Language:
        """The language, for texts of the core that name commands."""
        keys = {name: self.first_key(id) for name, id in _KEYS_IN_WORDS.items()}
        return KeyLanguage(self.t, keys)

    # Keys

    def keys_of(self, id: str) -> str:
        """The keys that do something at present, as the user reads them."""
        return keys_text(self.keymap.get(id, ALL_KEYS[id].keys))

    def first_key(self, id: str) -> str:
        """The first of the keys that do something."""
        return self.keys_of(id).partition(" ")[0]

    def remember(self, entry: str) -> None:
        """Note what was chosen in the palette: it comes first the next time."""
        self.recent = [entry, *(each for each in self.recent if each != entry)][:RECENT]

    # Telling and asking

    def tell(self, sentence: Problem | str, *, error: bool = True) -> None:
        """Show a sentence for a while; a `Problem` in the user's language."""
        text = self.words(sentence) if isinstance(sentence, Problem) else sentence
        self._host.say(text, error=error)

    def words(self, problem: Problem) -> str:
        """What a problem says, in words of the dashboard's own where the core's name commands."""
        return self.of_keys.problem(problem)

    def empty_ledger(self, screen: str) -> str:
        """What a screen is for, and what to do first where the ledger holds nothing."""
        ids = {"programme": "app.programme", "intake": "app.intake", "add": "intake.add"}
        keys = {name: self.first_key(id) for name, id in ids.items()}
        return f"{self.t(f'tui.empty_for.{screen}')}\n{self.t('tui.empty', **keys)}"

    def ask(self, dialog: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Show a dialog; `then` gets its answer, None where it was left."""
        self._host.push_screen(dialog, then)

    def open_list(self, mode: str, filter_text: str, key: int | None = None) -> None:
        """Go to the items or the cases under a filter, with the cursor on one of them."""
        self._host.open_list(mode, filter_text, key)

    def to_clipboard(self, text: str) -> None:
        """Send a text to the terminal, which may or may not put it into its clipboard."""
        self._host.copy_to_clipboard(text)

    def look_again(self) -> None:
        """See whether anything has been written, and show it."""
        self._host.look_again()

    def deliver(self, name: str, content: bytes) -> None:
        """Hand a file to the browser of whoever sits before it."""
        self._host.deliver_binary(BytesIO(content), save_filename=name)
        self.tell(self.t("web.sent", name=name), error=False)

    # Reading

    def read(
        self, find: Callable[[], Result], then: Callable[[Result], None], group: str, *,
        refused: Callable[[Problem], None] | None = None, asks: bool = False,
    ) -> None:  # fmt: skip
        """Call `find` in a thread, then `then` with its result; a newer one of the group wins.

        What goes wrong is told to `refused`, or else to the user. With `asks` it is read for a
        dialog that `then` opens: what is typed meanwhile is meant for that.
        """

        def work() -> None:
            try:
                result = find()
            except Problem as problem:
                self.failures += 1
                self._hand_back(refused or self.tell, problem)
            except DatabaseError as error:
                self.failures += 1
                self._hand_back(refused or self.tell, self._unread(error))
            else:
                self._hand_back(then, result)

        worker = self._host.run_worker(work, thread=True, group=group, exclusive=True)
        if asks:
            self._asking = worker

    @property
    def asking(self) -> bool:
        """Whether something is being read that is to be asked about."""
        return self._asking is not None and not self._asking.is_finished

    @staticmethod
    def _unread(error: Exception) -> Problem:
        return Problem("tui.failed", error=engine.problem_of(error))

    def _hand_back(self, then: Callable[[Result], None], result: Result) -> None:
        """From a thread: go on with a result, unless it is no longer wanted."""
        if not get_current_worker().is_cancelled:
            self._host.call_from_thread(then, result)

    # Changing

    def change(
        self, kind: str, change: Change, *, reason: str | None = None, on_behalf: str | None = None,
        done: Callable[[Receipt], None] | None = None,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Carry out a change in a thread, then tell what it came to and show it.

        `refused` is told of a refusal instead of the user, `done` of success.
        """

        def write() -> tuple[str, Receipt]:
            with self.ledger.batch(kind, reason=reason, on_behalf=on_behalf) as writing:
                change(writing.draft)
            batch = writing.receipt.batch
            key = "tui.added" if kind == "add" else "tui.changed"
            sentence = self._sentence(key, batch) + self._otherwise_now(batch)
            return sentence, writing.receipt

        def written(outcome: tuple[str, Receipt]) -> None:
            sentence, receipt = outcome
            self.tell(sentence, error=False)
            if done is not None:
                done(receipt)
            self.look_again()

        self._write(write, written, refused)

    def undo(self) -> None:
        """Take back the newest change of this author."""
        self._write(partial(self._turn_back, forward=False), self._turned_back)

    def undo_batch(
        self, batch: int, *, reason: str, on_behalf: str, done: Callable[[], None],
        refused: Callable[[Problem], None],
    ) -> None:  # fmt: skip
        """Take back a batch, whoever wrote it; `done` or `refused` is told."""

        def write() -> tuple[str, int]:
            from rectify_tui.store.undo import undo

            undo(self.ledger, batch, reason=reason or None, on_behalf=on_behalf or None)
            return self._sentence("tui.undone", batch), batch

        def written(outcome: tuple[str, int]) -> None:
            done()
            self._turned_back(outcome)

        self._write(write, written, refused)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._write(partial(self._turn_back, forward=True), self._turned_back)

    def _turned_back(self, outcome: tuple[str, int]) -> None:
        sentence, batch = outcome
        self.tell(sentence, error=False)
        self._host.turned_back(batch)
        self.look_again()

    def _write(
        self, write: Callable[[], Result], then: Callable[[Result], None],
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Write in a thread; unlike a reading it is never given up for a newer one."""

        def work() -> None:
            try:
                result = write()
            except Problem as problem:
                self._host.call_from_thread(refused or self.tell, problem)
            except DatabaseError as error:
                # The door tells its own trouble: this is of reading, before it or after it.
                self._host.call_from_thread(refused or self.tell, self._unread(error))
            else:
                self._host.call_from_thread(then, result)

        self._host.run_worker(work, thread=True, group="change", exclusive=False)

    def _sentence(self, key: str, batch: int | None) -> str:
        """In a thread: what a batch was about, in a sentence."""
        if batch is None:
            return self.t("tui.nothing_changed")
        from rectify_tui.reports.words import Words
        from rectify_tui.tui.batch_summary import batch_sentence

        words = Words(self.ledger.reader(), self.t)
        undo, redo = self.first_key("app.undo"), self.first_key("app.redo")
        return batch_sentence(words, key, batch, undo=undo, redo=redo)

    def _otherwise_now(self, batch: int | None) -> str:
        """In a thread: what records stand at where that is not what a batch says; else empty."""
        if batch is None:
            return ""
        from rectify_tui.reports.holding import otherwise_now
        from rectify_tui.reports.region_time import told_of_time
        from rectify_tui.reports.words import Words
        from rectify_tui.store.log import batch_log
        from rectify_tui.store.records import CASE, ITEM

        words, entries = Words(self.ledger.reader(), self.t), batch_log(self.ledger.reader(), batch)
        parts = [
            otherwise_now((each for each in entries if each.entity == entity), words, entity)
            for entity in (ITEM, CASE)
        ]
        now = self.t("report.semicolon").join(filter(None, parts))
        said = self.t("tui.otherwise_now", now=now) if now else ""
        told = told_of_time(entries, words)
        return said + (self.t("tui.out_of_time", told=told) if told else "")

    def _turn_back(self, *, forward: bool) -> tuple[str, int]:
        """In a thread: undo or redo, say what, and which batch that was.

        Raises `Refusal` where there is nothing.
        """
        from rectify_tui.store.batches import taken_back_by
        from rectify_tui.store.undo import redo, undo

        if not forward:
            undone = undo(self.ledger)
            return self._sentence("tui.undone", undone.batch), undone.batch
        undoing = redo(self.ledger).batch
        first = taken_back_by(self.ledger.reader(), undoing) or undoing
        return self._sentence("tui.redone", first), first

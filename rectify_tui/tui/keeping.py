"""Keeping the list that is shown as a view, under a name that is asked for."""

from __future__ import annotations

from functools import partial

from textual.message import Message
from textual.widget import Widget

from rectify_tui.paths import config_folder, shown_path
from rectify_tui.tui.dialogs.save_view import SaveViewDialog
from rectify_tui.tui.records_pane import RecordsPane
from rectify_tui.tui.saved_views import FILE, SavedView, add_view, read_views
from rectify_tui.tui.session import Session


class ViewsKept(Message):
    """These are the views now."""

    def __init__(self, views: list[SavedView]) -> None:
        super().__init__()
        self.views = views


def ask_to_keep(
    session: Session, pane: RecordsPane, mode: str, columns: tuple[str, ...], screen: Widget
) -> None:
    """Ask for a name, and write what is shown into the file of views; the app is told of them."""
    if session.served:
        session.tell(session.t("web.no_files_here"))
        return
    path, shown = config_folder() / FILE, pane.as_view("", mode, "")

    def attempt(answer: tuple[str, str]) -> None:
        view = pane.as_view(answer[0], mode, answer[1], columns)
        session.read(partial(_keep, view), partial(kept, view), "views", refused=dialog.complain)

    def _keep(view: SavedView) -> list[SavedView]:
        add_view(path, view, session.today, session.keymap)
        return read_views(path, session.today, session.keymap)

    def kept(view: SavedView, views: list[SavedView]) -> None:
        dialog.close()
        screen.post_message(ViewsKept(views))
        told = session.t("tui.views.kept", name=view.name, path=shown_path(path))
        session.tell(told, error=False)

    about = session.t("tui.sign.dot").join(filter(None, (shown.filter, pane.ordered_by())))
    dialog = SaveViewDialog(session, about, attempt)
    session.ask(dialog)

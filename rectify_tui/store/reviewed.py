"""Lines of the queue that were gone through, whether they still need somebody or not."""

from __future__ import annotations

from rectify_tui.store.connection import Connection
from rectify_tui.store.filters import Context, item_conditions
from rectify_tui.store.queue import QueueQuery
from rectify_tui.store.schedule_sql import on_day


def gone_through(connection: Connection, query: QueueQuery) -> list[int]:
    """The items under the filter that were reviewed since the week began, by programme and number.

    Those are among them that have left the queue since: completed, or put off until a later day.
    Raises `Problem` for a filter that names what there is not.
    """
    on = on_day(connection, query.as_of)
    context = Context(connection, query.as_of, on.status, on.since)
    conditions = item_conditions(context, query.filter)
    # what was reviewed by a day was last reviewed then or later
    since = ["item.reviewed_on >= ?", f"{on.dated('reviewed_on')} >= ?"]
    where = " AND ".join([*since, *(each.sql for each in conditions)])
    day, first = query.as_of.isoformat(), query.week_from.isoformat()
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id FROM {on.tables} WHERE {where}"
        " ORDER BY item.programme_id, item.number_key, item.id",
        [day, first, first, *(param for each in conditions for param in each.params)],
    )
    return [id for (id,) in rows]

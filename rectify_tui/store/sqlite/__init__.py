"""All that only SQLite can say, so that another engine can come to stand beside it.

What the store asks of an engine is in `store/connection.py`; `docs/data-model.md` lists what each
part here stands for. Whatever else the store says is SQL that a server takes too.
"""

from rectify_tui.store.sqlite.connection import (
    Integrity,
    Schema,
    SchemaPart,
    SqliteConnection,
    same_part,
)
from rectify_tui.store.sqlite.dialect import (
    JOIN_IN_ORDER,
    as_bytes,
    as_hex,
    as_json,
    by_index,
    day_after,
    day_number,
    day_of,
    flag_as_json,
    json_member,
    json_value,
    like,
    members,
    unindexed,
)
from rectify_tui.store.sqlite.driver import (
    NAME,
    UNREADABLE,
    WAL_IS_SAFE,
    Address,
    DatabaseError,
    IntegrityError,
)
from rectify_tui.store.sqlite.files import (
    anchor_file,
    anything_of,
    discard,
    exists,
    holds_store,
    log_size,
    set_aside,
    take_back,
)
from rectify_tui.store.sqlite.migrations import (
    Functions,
    applied,
    migrate,
    schema_of,
    statements,
)
from rectify_tui.store.sqlite.opening import (
    APPLICATION_ID,
    connect,
    create,
    is_ours,
    scratch,
    without_log,
)
from rectify_tui.store.sqlite.troubles import (
    problem_of,
    trouble_of,
)
from rectify_tui.store.sqlite.whole_file import (
    bring_to_rest,
    copy_into,
    give_back_room,
    wake,
)

__all__ = [
    "APPLICATION_ID",
    "JOIN_IN_ORDER",
    "NAME",
    "UNREADABLE",
    "WAL_IS_SAFE",
    "Address",
    "DatabaseError",
    "Functions",
    "Integrity",
    "IntegrityError",
    "Schema",
    "SchemaPart",
    "SqliteConnection",
    "anchor_file",
    "anything_of",
    "applied",
    "as_bytes",
    "as_hex",
    "as_json",
    "bring_to_rest",
    "by_index",
    "connect",
    "copy_into",
    "create",
    "day_after",
    "day_number",
    "day_of",
    "discard",
    "exists",
    "flag_as_json",
    "give_back_room",
    "holds_store",
    "is_ours",
    "json_member",
    "json_value",
    "like",
    "log_size",
    "members",
    "migrate",
    "problem_of",
    "same_part",
    "schema_of",
    "scratch",
    "set_aside",
    "statements",
    "take_back",
    "trouble_of",
    "unindexed",
    "wake",
    "without_log",
]

"""How much a file may ask for, and why no more.

The limits lie well above what ledgers need (a national ledger of 100,000 rows with 13 columns is an
xlsx file of 8 MB that unpacks to 70 MB) and well below what would trouble an office computer.
"""

from __future__ import annotations

MIB = 2**20

MAX_FILE = 64 * MIB
"""Bytes of a file, which is held in memory while it is read."""

MAX_UNPACKED = 512 * MIB
"""Bytes of all parts of a packed workbook together: what `MAX_CELLS` cells take, and half again."""

MAX_PARTS = 10_000
"""Parts of a packed workbook; each sheet and each picture is one."""

MAX_SHEETS = 300
"""Sheets of a workbook: one for every county of a province and more."""

MAX_COLUMNS = 702
"""Columns A to ZZ; what is filled further right is a slip of the hand."""

MAX_CELLS = 5_000_000
"""Cells of a workbook, empty ones within the filled area too, for the library keeps them all."""

MAX_TEXT = 32_767
"""Characters in a cell, as many as a spreadsheet allows."""

MAX_LINE = 1_000_000
"""Characters in a row of delimited text."""

MAX_MERGED = 200_000
"""Merged ranges on a sheet."""

MAX_ALIKE = 10_000
"""Equal rows in a row: more come from filling down to the end of the sheet, or from a repeat count
that makes millions of rows out of one."""

MAX_PACKED = 256 * MIB
"""Bytes of all rows of a workbook as they are kept: one long text can stand in many cells."""

MEMORY = 1024 * MIB
"""Bytes of address space of the process that reads a workbook."""

SECONDS = 60
"""Seconds of computing for a workbook; the process gets twice as long by the clock."""

OUTGROWN = 192 * MIB
"""Bytes of memory above which a process is not kept for the next workbook.

It begins with 40 MB, and a workbook of some 20,000 rows takes it this far.
"""

IDLE_SECONDS = 20
"""Seconds for which a process waits for the next workbook."""

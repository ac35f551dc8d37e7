"""Where in a sheet the table is: headings, rows, totals, merged cells.

`finding` walks the sheet and finds the tables in it, `header` puts a heading of one to four lines
together, `headings` reads what one heading says, `body` tells the rows of a table from what stands
between and below them (`words`), `rows` hands them out, and `number` reads a number cell.
"""

from rectify_tui.intake.table.finding import find_table
from rectify_tui.intake.table.model import Heading, TableRow
from rectify_tui.intake.table.number import read_number_cell
from rectify_tui.intake.table.rows import Table

__all__ = ["Heading", "Table", "TableRow", "find_table", "read_number_cell"]

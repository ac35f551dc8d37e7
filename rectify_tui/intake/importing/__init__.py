"""Ledgers and lists from anywhere, row by row.

request.py        what is asked, and what can be shown before anything is written
prepare.py        which column is which field, and the first rows as they will be read
preview.py        that as a table
region_index.py   regions by the names that people write, looked up in memory
cells.py          single cells: days, percentages, flags, coordinates, numbers
measures.py       a cell of measures as numbered ones
merging.py        merged items, and what carries them on
numbered.py       programme, number and region of a row
parsed_row.py     what a row says
context.py        what all rows of a file share
items.py, cases.py, regions.py, figures.py   the rows of each kind
row_import.py     one pass over a file: what each row would do
showing.py        what a row says and changes, in the names that commands use
propose.py        everything that a file proposes
take.py           taking it into the ledger, in one batch
"""

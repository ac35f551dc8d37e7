"""What comes in from outside: spreadsheets are read, held against the ledger, and taken in.

reading/           files of any kind, hostile ones too, as grids of cells
table/             where in a grid the table is: headings, rows, totals, merged cells
mapping/           which column is which field, by synonyms that an office can extend
importing/         ledgers and lists from anywhere, row by row
returns/           workbooks sent out to cities and units, and what comes back
workspace/         files that lie open, what is accepted of them, and writing it: for both faces
model.py           what a file proposes, line by line, and what was found about it
record_fields.py   the registry of fields as files of each kind bring them
lines.py           lines and findings in words
rejects.py         a workbook of what was not taken, with the reason beside each row
"""

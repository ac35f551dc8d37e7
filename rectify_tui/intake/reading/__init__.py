"""Files of any kind, hostile ones too, as grids of cells.

A file is looked at before it is believed: its content decides the format, sizes are counted, and
workbooks are read in a process of their own with limits on memory and time.

    book.py       opening a file, books and grids: what the rest of the program uses
    cells.py      cells, rows, merged ranges, and cells as text
    limits.py     how much a file may ask for
    source.py     the bytes of a regular file
    kinds.py      what a file is, by its bytes
    encodings.py  the encoding of plain text
    delimited.py  csv and tsv
    other_files.py        what else lies in a folder and may be meant
    subprocess_reader.py  the process for workbooks, from outside; packing.py: how rows leave it
    child.py      the process itself: archive.py unpacks, package.py tells what is in it,
                  recoding.py brings it into UTF-8, scan.py and cell_scan.py look, workbook.py reads
"""

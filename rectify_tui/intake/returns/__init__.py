"""Workbooks that go out to cities and units every week, and what comes back in them.

Both ways:
    columns.py    the columns of a return: which are filled in, and how headings are recognised
    mark.py       what is hidden in a return, and how it is read again
Out:
    make.py       a return for each place or unit, and the record of what was sent
    sheet.py      one return as a workbook; its guide is in guide.py, its look in book.py
    outbox.py     files that appear in a folder together or not at all
    status.py     who has sent theirs, and who is late
In:
    files.py      the files that came back; rows.py reads one, recognise.py tells which it is
    match.py      which item each row is about; identity.py has the cells as they were sent
    rules.py      what was sent, what is now and what came back, held against each other
    check.py      what returns propose; lines.py puts it into words
    apply.py      taking in what accept.py lets through
"""

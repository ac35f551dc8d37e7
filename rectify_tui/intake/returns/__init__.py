"""Workbooks that go out to cities and units every week, and what comes back in them.

Both ways:
    columns.py    the columns of a return, by the registry of fields, and how they are recognised
    mark.py       what is hidden in a return, and how it is read again
    locked.py     the locked cells, as they are sent and as they were
Out:
    make.py       a return for each region or unit, and the record of what was sent
    sheet.py      one return as a workbook; its guide is in guide.py, its look in book.py
    outbox.py     files that appear in a folder together or not at all
    status.py     who has sent theirs, and who is late
In:
    rows.py       a return as it came back; recognise.py tells which one it is
    match.py      which item each row is about
    answers.py    single cells, read by the kind of their column
    rules.py      what was sent, what is now and what came back, held against each other
    check.py      what a return proposes; together.py, what several do; lines.py has it in words
    take.py       writing what was accepted
"""

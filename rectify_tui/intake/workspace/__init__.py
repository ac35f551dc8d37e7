"""What lies open: files, what each proposes, what is accepted of them, and writing that.

The command line and the dashboard do nothing else than call this, so that what one doubts the
other doubts too.

opened_file.py    a file that lies open, and what was decided about its lines
checked_file.py   what it proposes, as it was held against the ledger
workspace.py      all files that lie open, in the order in which they came
steps.py          reading and checking them, one step after another, in whatever thread
recognising.py    whether a file is a return or is to be imported
accepting.py      which lines are taken: as somebody names them, or as they were seen
selection.py      what becomes of the lines of files that are written together
unknown_words.py  words that cannot be read, and what they may be said to mean
choosing.py       deciding about many lines at once: by file, or by rule
applying.py       writing what is accepted, in one batch
send_back.py      workbooks of what is not accepted
folder_files.py   the spreadsheets of a folder; folder_watch.py sees which come in
"""

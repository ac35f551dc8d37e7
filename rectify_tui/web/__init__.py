"""The dashboard in a web browser, through textual-serve: who may come in, and what each may do."""

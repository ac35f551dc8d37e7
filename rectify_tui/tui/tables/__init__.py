"""Tables of reports on one screen: what each is, how it is read, and how it is drawn."""

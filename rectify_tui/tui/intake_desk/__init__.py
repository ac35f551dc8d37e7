"""What lies on the intake desk: files, their lines, and what was decided about each."""

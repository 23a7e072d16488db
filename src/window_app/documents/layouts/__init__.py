"""One file for each kind of paper, each with its `LAYOUTS`."""

"""One case: what it is, its papers, its history."""

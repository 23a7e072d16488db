"""The centre's side: who is enrolled, with which codes and keys."""

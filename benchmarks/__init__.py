"""Long measurements that are no part of the program."""

"""The reception between two visits: what waits, and the key for the next visit."""

"""The end of a counter's day."""

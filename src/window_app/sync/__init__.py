"""The line: rounds of push and pull between the local store and the centre, checked, repeatable, bounded in time."""

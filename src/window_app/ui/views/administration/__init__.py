"""Administration: how this machine looks, speaks and prints."""

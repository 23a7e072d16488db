"""The counter desk of a human-resources-and-social-security service hall."""

__version__ = "0.1.0"

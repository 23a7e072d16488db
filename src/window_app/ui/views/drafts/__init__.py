"""Drafts between people."""

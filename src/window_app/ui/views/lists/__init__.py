"""Lists: drafts, cases, finding, unsent."""

"""The local encrypted store: events, outbox, projections, papers, drafts. SQL of this machine is here."""

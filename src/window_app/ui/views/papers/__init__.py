"""Papers as a screen shows them: what each says in short, and what can be done with it."""

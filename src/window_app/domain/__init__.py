"""What the hall's trade is made of: frozen records, events and pure rules. Standard library only."""

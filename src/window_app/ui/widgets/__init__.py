"""The small parts that the screens are made of; they show what they are given and signal what was done."""

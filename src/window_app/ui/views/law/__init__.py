"""The law to read: library of statutes, rule tables, practice quiz."""

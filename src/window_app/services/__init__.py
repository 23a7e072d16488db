"""What a clerk does at the counter, a verb each; no screen, no SQL, no PDF drawing."""

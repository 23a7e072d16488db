"""A clerk made of key events: goes through visits on the real window, for the headless run and the tests."""

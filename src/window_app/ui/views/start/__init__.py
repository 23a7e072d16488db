"""The first screens: starting, welcome, setting up, signing in, the lock."""

"""The door: what happens to a question before anything is searched."""

"""Fetches the official documents of a catalogue."""

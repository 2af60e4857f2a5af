"""Brings in the official documents of a catalogue."""

"""Trials: faults are made on purpose, and what was promised is looked at; each is bounded and stops by itself."""

"""Adapters: each implements one port over one vendor library."""

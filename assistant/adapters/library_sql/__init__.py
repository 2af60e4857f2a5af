"""Library: SQL is the truth, the indexes of each generation are built from it."""

from assistant.adapters.library_sql.library import SqlLibrary

__all__ = ["SqlLibrary"]

"""The coverage report as files and data: tables, a printable report, JSON."""

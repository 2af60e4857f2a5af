"""Coverage as files and data: tables, a report to print, JSON."""

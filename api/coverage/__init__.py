"""The coverage report: service, filters, API routes, pages and downloads."""

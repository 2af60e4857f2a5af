"""The coverage report: service, filters, routes, pages and files."""

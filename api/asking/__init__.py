"""Asking a question and searching: the service that every way in goes through, its stream, routes and page."""

"""Asking a question and searching: the service behind every endpoint that asks, its event stream, routes and page."""

"""Fetches pages and files politely and safely: public addresses only, conditional, limited."""

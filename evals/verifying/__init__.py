"""Measures the meaning verifier against labelled pairs of claim and quote."""

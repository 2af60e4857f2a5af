"""Findings and recommendations of learning reviews."""

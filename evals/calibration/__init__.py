"""Fits the models of a calibration and sets its threshold."""

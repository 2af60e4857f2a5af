"""How well questions are matched to approved answers: calibration, and the figures of a set."""

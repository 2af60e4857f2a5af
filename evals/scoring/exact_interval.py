"""Quantiles of the beta distribution, which exact intervals of a share are made of; needs no further package."""

from __future__ import annotations

import math

STEPS = 54
"""Halvings of the interval from 0 to 1: as many as a float has digits."""
MOST_TERMS = 10_000
SMALL = 1e-300


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Returns the value below which a beta distribution with parameters ``a`` and ``b`` has this probability.

    The distribution's function rises, so the value is found by halving; accurate to about 1e-12.
    """
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if beta_cdf(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_cdf(x: float, a: float, b: float) -> float:
    """Returns the regularised incomplete beta function, the probability of a value up to ``x``.

    Source: Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes", 3rd ed. (2007), section 6.4: the continued
    fraction, on the side where it converges fast.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    if x < (a + 1) / (a + b + 2):
        return math.exp(front) * _fraction(x, a, b) / a
    return 1 - math.exp(front) * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Returns the continued fraction by Lentz's method."""
    c, d = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d, c = 1 / _apart(1 + term * d), _apart(1 + term / c)
            change = d * c
            value *= change
        if abs(change - 1) < 1e-15:
            break
    return value


def _apart(value: float) -> float:
    """Returns a value, kept apart from zero."""
    return value if abs(value) > SMALL else SMALL

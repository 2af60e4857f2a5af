"""Exact intervals without SciPy, and equal to it."""

import pytest

from evals.scoring.exact_interval import beta_cdf, beta_quantile


@pytest.mark.parametrize("of", [1, 7, 120, 3000])
@pytest.mark.parametrize("probability", [0.025, 0.05, 0.95, 0.975])
def test_quantiles_are_those_of_scipy(of, probability):
    beta = pytest.importorskip("scipy.stats").beta
    for count in {0, of // 3, of - 1}:
        found = beta_quantile(probability, count + 1, of - count)
        assert found == pytest.approx(beta.ppf(probability, count + 1, of - count), abs=1e-12)


def test_the_ends_are_certain():
    assert (beta_cdf(0, 2, 3), beta_cdf(1, 2, 3), beta_cdf(0.5, 1, 1)) == (0, 1, pytest.approx(0.5))

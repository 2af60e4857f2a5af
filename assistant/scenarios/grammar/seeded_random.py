"""Seeded random choices: the same on every machine and Python version, and far apart for different seeds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.model.scenario import MOST_SEEDS

T = TypeVar("T")
PRIMES = (31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2)


@dataclass(frozen=True, slots=True)
class SeededRandom:
    """A source of random choices; each choice is named, so that adding one does not change the others."""

    seed: str

    def number(self, below: int, *name: object) -> int:
        """Returns a whole number from 0 to one less than ``below``, the same for the same seed and name."""
        words = "/".join((self.seed, *map(str, name)))
        return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") % below

    def one(self, options: Sequence[T], *name: object) -> T:
        """Returns one of some options. Raises ``ZeroDivisionError`` for none."""
        return options[self.number(len(options), *name)]

    def order(self, options: Sequence[T], *name: object) -> tuple[T, ...]:
        """Returns the options in random order."""
        places = sorted(range(len(options)), key=lambda place: self.number(1 << 60, *name, place))
        return tuple(options[place] for place in places)


def spread_classes(seed: int, size: int, places: int) -> tuple[tuple[int, ...], int]:
    """Returns a class number for each place such that different seeds share few class numbers.

    The digits of the seed are the coefficients of a polynomial over the field of ``q`` elements, which is evaluated at
    the places: a Reed-Solomon code. Two seeds agree in at most ``k - 1`` places, where ``k`` is the number of digits
    that the largest seed has in base ``q``.

    Args:
        seed: From 0 to ``MOST_SEEDS - 1``.
        size: Options of the place that has fewest; at least 2.
        places: How many class numbers.

    Returns:
        The class numbers, each below ``q``, and ``q``, the largest prime that is no larger than ``size``.

    Source: I. S. Reed and G. Solomon, "Polynomial codes over certain finite fields", 1960.
    """
    q = next(prime for prime in PRIMES if prime <= size)
    digits: list[int] = []
    left = seed
    while q ** len(digits) < MOST_SEEDS:
        left, digit = divmod(left, q)
        digits.append(digit)
    return tuple(sum(d * pow(x, power, q) for power, d in enumerate(digits)) % q for x in range(1, places + 1)), q

"""Groups vectors by average linkage over cosine distance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assistant.ports import Vectors

Distances = npt.NDArray[np.float64]


def clusters(vectors: Vectors, least_likeness: float) -> list[list[int]]:
    """Returns the indices of similar vectors, grouped; groups and indices in input order.

    The groups are those of scikit-learn's ``AgglomerativeClustering(linkage="average", metric="cosine",
    distance_threshold=1 - least_likeness)``: two groups are joined while the mean distance between their members is less.
    Memory grows with the square of their number (8 MB for a thousand), time as well.

    Args:
        vectors: float32 (n, dim), none of them zero.
        least_likeness: Cosine, -1 to 1.
    """
    group_of = list(range(len(vectors)))
    for one, other, distance in _joins(_distances(vectors)):
        if distance < 1 - least_likeness:
            group_of[_first(group_of, one)] = _first(group_of, other)
    groups: dict[int, list[int]] = {}
    for place in range(len(vectors)):
        groups.setdefault(_first(group_of, place), []).append(place)
    return list(groups.values())


def _first(group_of: list[int], place: int) -> int:
    """Returns the member that stands for the group of a vector."""
    while group_of[place] != place:
        place = group_of[place]
    return place


def _distances(vectors: Vectors) -> Distances:
    """Returns float64 (n, n) cosine distances, infinite from a vector to itself."""
    wide = vectors.astype(np.float64)
    wide = wide / np.linalg.norm(wide, axis=1, keepdims=True)
    distances = np.asarray(1.0 - wide @ wide.T, dtype=np.float64)
    np.fill_diagonal(distances, np.inf)
    return distances


def _joins(distances: Distances) -> Iterator[tuple[int, int, float]]:
    """Yields every join of two groups, each named by a member, and their mean distance; joins come in no special order.

    Of nearest groups at equal distances, the one before in the chain is taken, else the first.

    Source: Müllner, "Modern hierarchical, agglomerative clustering algorithms", 2011, the nearest-neighbour chain; ties as in
    SciPy's ``linkage``.
    """
    sizes = np.ones(len(distances))
    chain: list[int] = []
    for _ in range(len(distances) - 1):
        if not chain:
            chain.append(int(np.argmax(sizes > 0)))
        while True:
            last = chain[-1]
            near = int(np.argmin(distances[last]))
            if len(chain) > 1 and distances[last, chain[-2]] <= distances[last, near]:
                near = chain[-2]
            if len(chain) > 1 and near == chain[-2]:
                break
            chain.append(near)
        del chain[-2:]
        gone, kept = min(last, near), max(last, near)
        yield gone, kept, float(distances[gone, kept])
        _join(distances, sizes, gone, kept)


def _join(distances: Distances, sizes: npt.NDArray[np.float64], gone: int, kept: int) -> None:
    """Puts one group into another: its distances become the means over the members of both."""
    both = sizes[gone] + sizes[kept]
    row = (sizes[gone] * distances[gone] + sizes[kept] * distances[kept]) / both
    row[[gone, kept]] = np.inf
    distances[kept] = distances[:, kept] = row
    distances[gone] = distances[:, gone] = np.inf
    sizes[gone], sizes[kept] = 0.0, both

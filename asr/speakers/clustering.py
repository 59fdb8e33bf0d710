"""Which vectors are of the same voice, when nobody knows how many voices there are (pure).

Average linkage on cosine similarity: the two groups whose vectors are most alike on average are
made one, again and again, until no two are alike enough. As all vectors have length 1, the average
over all pairs of two groups is the product of their sums divided by their sizes, so that a group is
kept as one sum however large it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLUSTERING_VERSION = "1"
"""Part of the signature of whoever uses this: raise it when the groups come out otherwise."""

BLOCK = 512
"""Vectors grouped at once: a block's table of similarities stays at a megabyte, and a film of
three hours is some twenty blocks, whose groups are then grouped among each other."""

MOST_GROUPS = 2000
"""Of all blocks, grouped among each other: a table of 32 MB. A stream in which hardly two windows
are alike has more; the lightest of them are then too light for a speaker anyway."""

NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRules:
    """When vectors are of one voice; similarities are cosines.

    Attributes:
        same_voice: Two groups at least that alike on average are of one speaker.
        least_weight: A speaker heard for less than this is not told apart from the others.
        switch_cost: What a change of speaker between neighbouring windows must gain.
        stranger: A window less like every speaker than this is nobody's.
    """

    same_voice: float
    least_weight: float
    switch_cost: float
    stranger: float


def voices_of(
    vectors: NDArray[np.float32],
    weights: NDArray[np.float32],
    runs: Sequence[range],
    rules: VoiceRules,
) -> NDArray[np.intp]:
    """The speaker of each vector, 0, 1, 2…, or `NOBODY`.

    Args:
        vectors: Shape (n, dimensions), each of length 1, in order of time.
        weights: How much each tells of its speaker; 0 for one that must not found a group.
        runs: Stretches of vectors that follow each other without a pause, in order.
        rules: When voices are the same.
    """
    labels = np.full(len(vectors), NOBODY, dtype=np.intp)
    founding = np.flatnonzero(weights > 0)
    if not len(founding):
        founding, weights = np.arange(len(vectors)), np.ones_like(weights)
    groups = _grouped(vectors[founding], rules.same_voice)
    centres = _centres(vectors[founding], weights[founding], groups, rules.least_weight)
    if not len(centres):
        return labels
    alike = vectors @ centres.T
    for run in runs:
        labels[run.start : run.stop] = _path(alike[run.start : run.stop], rules.switch_cost)
    own = alike[np.arange(len(labels)), labels]
    labels[own < rules.stranger] = NOBODY
    return labels


def _grouped(vectors: NDArray[np.float32], same_voice: float) -> NDArray[np.intp]:
    """The group of each vector: first within blocks, then among the groups of all blocks."""
    groups = np.arange(len(vectors), dtype=np.intp)
    count = 0
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK]
        found = _linked(block, np.ones(len(block)), same_voice)
        groups[start : start + BLOCK] = found + count
        count += int(found.max()) + 1
    if len(vectors) <= BLOCK:
        return groups
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, groups, vectors)
    sizes = np.bincount(groups).astype(float)
    heaviest = np.sort(np.argsort(-sizes, kind="stable")[:MOST_GROUPS])
    # Those that are left out keep to themselves, behind the numbers of the others.
    merged = np.arange(count, dtype=np.intp) + count
    merged[heaviest] = _linked(sums[heaviest], sizes[heaviest], same_voice)
    return np.unique(merged[groups], return_inverse=True)[1].astype(np.intp)


def _linked(
    sums: NDArray[np.floating], sizes: NDArray[np.floating], same_voice: float
) -> NDArray[np.intp]:
    """Groups numbered 0, 1, 2… in the order of their first member."""
    totals, counts = sums.astype(np.float64), sizes.astype(np.float64)
    owner = np.arange(len(totals), dtype=np.intp)
    alike = (totals @ totals.T) / np.outer(counts, counts)
    np.fill_diagonal(alike, -np.inf)
    while len(alike) > 1:
        one, other = divmod(int(alike.argmax()), len(alike))
        if alike[one, other] < same_voice:
            break
        one, other = min(one, other), max(one, other)
        totals[one] += totals[other]
        counts[one] += counts[other]
        owner[owner == other] = one
        row = totals @ totals[one] / (counts * counts[one])
        gone = np.isneginf(alike[one])
        gone[[one, other]] = True
        row[gone] = -np.inf
        alike[one], alike[:, one] = row, row
        alike[other], alike[:, other] = -np.inf, -np.inf
    return np.unique(owner, return_inverse=True)[1].astype(np.intp)


def _centres(
    vectors: NDArray[np.float32],
    weights: NDArray[np.float32],
    groups: NDArray[np.intp],
    least_weight: float,
) -> NDArray[np.float32]:
    """Unit vectors of the groups that weigh enough; of the heaviest when none does."""
    heavy = np.bincount(groups, weights=weights)
    kept = np.flatnonzero(heavy >= min(least_weight, heavy.max(initial=0.0)))
    sums = np.stack([(vectors[groups == group]).sum(axis=0) for group in kept])
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def _path(alike: NDArray[np.float32], switch_cost: float) -> NDArray[np.intp]:
    """The best speaker of each window when every change of speaker costs."""
    windows, speakers = alike.shape
    score = alike[0].astype(np.float64)
    came_from = np.zeros((windows, speakers), dtype=np.intp)
    for number in range(1, windows):
        best = int(score.argmax())
        changed = score[best] - switch_cost
        stays = score >= changed
        came_from[number] = np.where(stays, np.arange(speakers), best)
        score = np.where(stays, score, changed) + alike[number]
    path = np.empty(windows, dtype=np.intp)
    path[-1] = int(score.argmax())
    for number in range(windows - 1, 0, -1):
        path[number - 1] = came_from[number, path[number]]
    return path

"""The order of training: which pairs meet in a batch, the same for the same seed and epoch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from translate.training.corpus import Corpus, Numbers

# Tatoeba and subtitles hold single short sentences. A model that saw nothing longer fails on the
# first long one, since it never met those positions: some pairs are shown joined, up to five.
_JOINED_SHARE = 0.25
_JOINED_MOST = 5
_JOINED_MAX_TOKENS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Padded arrays, a row per sequence.

    Attributes:
        sources: With language token and end, then padding.
        targets: With end, then padding.
        pieces: Target tokens without padding.
    """

    sources: Numbers
    targets: Numbers
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRules:
    """How batches are made.

    Attributes:
        tokens: Target tokens of a batch, padding included.
        seed: Of every shuffle.
        end: Number of the token that ends a sequence.
        pad: Number of the token that fills a row.
    """

    tokens: int
    seed: int
    end: int
    pad: int


def epoch_batches(corpus: Corpus, rules: BatchRules, epoch: int) -> tuple[tuple[Numbers, ...], ...]:
    """The batches of one epoch as groups of pair numbers; a group is shown as one sequence.

    Sequences of like length meet, so that hardly anything is padded; the batches are shuffled.
    Every pair comes once.
    """
    random = np.random.default_rng((rules.seed, epoch))
    per_source, per_target = corpus.sources.lengths, corpus.targets.lengths
    groups = _groups(corpus.languages, np.maximum(per_source, per_target), random)
    lengths = np.array([per_target[group].sum() for group in groups])
    source_lengths = np.array([per_source[group].sum() for group in groups])
    order = np.lexsort((random.random(len(groups)), source_lengths, lengths))
    batches: list[tuple[Numbers, ...]] = []
    batch: list[Numbers] = []
    for place in order:
        longest = max(lengths[place], source_lengths[place])
        if batch and (len(batch) + 1) * (longest + 1) > rules.tokens:
            batches.append(tuple(batch))
            batch = []
        batch.append(groups[place])
    if batch:
        batches.append(tuple(batch))
    return tuple(batches[place] for place in random.permutation(len(batches)))


def filled(corpus: Corpus, groups: Sequence[Numbers], rules: BatchRules) -> Batch:
    """The arrays of one batch."""
    sources, targets = [], []
    for group in groups:
        language = corpus.languages[group[0]]
        prefix = [language] if language >= 0 else []
        sources.append([*prefix, *_joined(corpus.sources.of, group), rules.end])
        targets.append([*_joined(corpus.targets.of, group), rules.end])
    return Batch(
        sources=_padded(sources, rules.pad),
        targets=_padded(targets, rules.pad),
        pieces=sum(map(len, targets)),
    )


def _groups(languages: Numbers, lengths: Numbers, random: np.random.Generator) -> list[Numbers]:
    """Single pairs, and some runs of pairs into the same language."""
    order = random.permutation(len(languages)).astype(np.int32)
    count = int(len(order) * _JOINED_SHARE)
    groups: list[Numbers] = [order[place : place + 1] for place in range(count, len(order))]
    joined = order[:count]
    for language in np.unique(languages[joined]):
        groups += _runs(joined[languages[joined] == language], lengths, random)
    return groups


def _runs(pairs: Numbers, lengths: Numbers, random: np.random.Generator) -> Iterator[Numbers]:
    start = 0
    while start < len(pairs):
        run = pairs[start : start + int(random.integers(2, _JOINED_MOST + 1))]
        while len(run) > 1 and lengths[run].sum() > _JOINED_MAX_TOKENS:
            run = run[:-1]
        yield run
        start += len(run)


def _joined(tokens_of: Callable[[int], Numbers], group: Numbers) -> Iterator[int]:
    for pair in group:
        yield from tokens_of(pair)


def _padded(rows: Sequence[Sequence[int]], pad: int) -> Numbers:
    array = np.full((len(rows), max(map(len, rows))), pad, dtype=np.int32)
    for number, row in enumerate(rows):
        array[number, : len(row)] = row
    return array

"""How a model with beam search is asked: its settings, and what an `Ask` makes of them.

One table for every engine that searches with a beam:

=========  =====================================================================================
attempt 0  As the settings have it.
attempt 1  A beam of twice the width, no three tokens twice: against loops, and for renderings that
           the first search passed by.
attempt 2  No search, the likeliest token each time, no two tokens twice: wide beams are what
           favours copies of the source and endings too soon.
beyond     The sentence clause by clause, each searched as in attempt 1.
=========  =====================================================================================

A penalty for uncovered source tokens is not among them: CTranslate2's counts padding as well, so
that a sentence's answer would depend on what stands beside it.

Brevity changes what is searched for, not what is likely: the beam keeps up to three times as many
renderings as were asked for, and they are ordered by log probability over a lower power of their
length. Power 1 (the mean per token) is how models are usually read; power 0 (the plain sum) prefers
short renderings, since every further token costs; below 0 more so. On a small model half of full
brevity took a sixth off the length of what it chose.
"""

import math
from dataclasses import dataclass, replace

from translate.translator import Ask

_LENGTH_POWER_LOST = 2.0
"""By full brevity: half of it orders renderings by the plain sum, all of it by its mirror image."""

_BEAM_GAINED = 2.0
"""Times the renderings wanted, by full brevity: the short ones have to be found to be chosen."""

_GREEDY_ATTEMPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How to translate; all but ``device``, ``threads`` and ``max_batch_tokens`` is signed.

    Attributes:
        compute_type: As CTranslate2 names it; ``default`` keeps the type the model was saved in.
        beam_size: Hypotheses kept while decoding, at least as many as renderings are wanted.
        max_input_tokens: Longer inputs are cut at clauses and joined again. Models were trained
            on sentences; far beyond this they drop text.
        no_repeat_ngram_size: Forbids repeating so many tokens; 0 allows it. Without it models
            fall into loops now and then, with it they may not say the same words twice.
        device: ``cpu``, ``cuda`` or ``auto``.
        threads: Batches translated at once, a thread each; on a GPU, which takes one at a time,
            of no effect.
        max_batch_tokens: Tokens decoded at once at most, which bounds the memory used; a CPU is
            given fewer, since it is quicker with them.
    """

    compute_type: str = "default"
    beam_size: int = 4
    max_input_tokens: int = 200
    no_repeat_ngram_size: int = 0
    device: str = "auto"
    threads: int = 2
    max_batch_tokens: int = 2048

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What changes the output, for the signature."""
        names = ("beam_size", "compute_type", "max_input_tokens", "no_repeat_ngram_size")
        return tuple((name, str(getattr(self, name))) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search for renderings.

    Attributes:
        beam_size: Hypotheses kept.
        hypotheses: Renderings given back at most, the best of them first.
        length_power: Power of its length by which a rendering's log probability is divided.
        no_repeat_ngram_size: As in `Decoding`.
        wants_attention: Whether renderings come with their attention.
    """

    beam_size: int
    hypotheses: int
    length_power: float = 1.0
    no_repeat_ngram_size: int = 0
    wants_attention: bool = False


def search_for(decoding: Decoding, ask: Ask) -> Search:
    """The search that answers an ask, by the table of this module."""
    wanted = max(1, ask.candidates)
    brevity = min(1.0, max(0.0, ask.brevity))
    kept = math.ceil(wanted * (1.0 + _BEAM_GAINED * brevity))
    first = Search(
        beam_size=max(decoding.beam_size, kept),
        hypotheses=wanted,
        length_power=1.0 - _LENGTH_POWER_LOST * brevity,
        no_repeat_ngram_size=decoding.no_repeat_ngram_size,
        wants_attention=ask.wants_alignment,
    )
    if ask.attempt <= 0:
        return first
    if ask.attempt == _GREEDY_ATTEMPT:
        return replace(first, beam_size=1, hypotheses=1, no_repeat_ngram_size=2)
    return replace(first, beam_size=2 * first.beam_size, no_repeat_ngram_size=3)


def goes_by_clauses(ask: Ask) -> bool:
    """Whether the table has the sentences cut at their clauses."""
    return ask.attempt > _GREEDY_ATTEMPT

"""Sentences that share cues: what can only be looked at together."""

from collections.abc import Iterable, Mapping

from translate.drafts import SentenceDraft
from translate.glossary.agreed import AgreedTerm

Passage = tuple[SentenceDraft, ...]
"""Sentences in order, each with a cue in common with the one before it; often a single sentence."""


def passages(sentences: Iterable[SentenceDraft]) -> tuple[Passage, ...]:
    """The sentences of a track, in order, as passages: no cue belongs to two of these."""
    found: list[list[SentenceDraft]] = []
    cue_ids: set[str] = set()
    for sentence in sentences:
        if found and not cue_ids.isdisjoint(sentence.cue_ids):
            found[-1].append(sentence)
        else:
            found.append([sentence])
            cue_ids = set()
        cue_ids |= set(sentence.cue_ids)
    return tuple(map(tuple, found))


def cue_ids_of(passage: Passage) -> tuple[str, ...]:
    """The cues that a passage runs through, in order."""
    return tuple(dict.fromkeys(name for sentence in passage for name in sentence.cue_ids))


def terms_of(passage: Passage, cue_id: str) -> tuple[AgreedTerm, ...]:
    """The show's words in the sentences that run through a cue."""
    return tuple(term for one in passage if cue_id in one.cue_ids for term in one.terms)


def cue_qualities(sentences: Iterable[SentenceDraft]) -> Mapping[str, float]:
    """For each cue, the quality of the least good sentence that runs through it.

    Cues of which nobody estimated anything are not in it.
    """
    found: dict[str, float] = {}
    for sentence in sentences:
        if sentence.quality is not None:
            for cue_id in sentence.cue_ids:
                found[cue_id] = min(sentence.quality, found.get(cue_id, 1.0))
    return found

"""Through which cues the machine's sentences run once cues were split, joined or deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from review.passages import Passage, cue_ids_of
from review.steps.section import Cues
from review.stretches import stretches_of
from review.tasks import ReviewCue
from translate.drafts import SentenceDraft

Heirs = Mapping[str, tuple[str, ...]]
"""For a cue the cues that have its words now, where that is not simply the cue itself."""


def heirs_of(before: Cues, after: Cues) -> Heirs:
    """Who has whose words.

    The words of a cue that is gone went to the cue that has its time; those of a cue that lost time
    to a new cue are in both.
    """
    now, was = {cue.cue_id: cue for cue in after}, {cue.cue_id: cue for cue in before}
    made = [cue for cue in after if cue.cue_id not in was]
    found: dict[str, tuple[str, ...]] = {}
    for cue in before:
        there = now.get(cue.cue_id)
        if there is None:
            found[cue.cue_id] = tuple(_at_the_time_of(cue, after))
        else:
            halves = [one.cue_id for one in made if cue.span.overlap_ms(one.span)]
            if halves:
                found[cue.cue_id] = (cue.cue_id, *halves)
    return found


def rerouted(passage: Passage, heirs: Heirs, now: Mapping[str, ReviewCue]) -> Passage:
    """The sentences of a passage with the cues that they run through now.

    Where a sentence has no word in one of two halves, it does not run through it.

    Args:
        passage: As it was.
        heirs: Who has whose words.
        now: The cues of the passage as they are, by id.
    """
    moved = tuple(replace(one, cue_ids=tuple(dict.fromkeys(_heirs(one, heirs)))) for one in passage)
    if any(cue_id not in now for cue_id in cue_ids_of(moved)):
        return moved
    halved = {name for names in heirs.values() if len(names) > 1 for name in names}
    return tuple(_narrowed(one, moved, halved, now) for one in moved)


def _heirs(sentence: SentenceDraft, heirs: Heirs) -> Iterator[str]:
    for cue_id in sentence.cue_ids:
        yield from heirs.get(cue_id, (cue_id,))


def _narrowed(
    sentence: SentenceDraft, passage: Passage, halved: set[str], now: Mapping[str, ReviewCue]
) -> SentenceDraft:
    own = stretches_of(sentence, passage, now) if halved.intersection(sentence.cue_ids) else ()
    wordless = {one.cue_id for one in own if one.cue_id in halved and not one.letters}
    left = tuple(name for name in sentence.cue_ids if name not in wordless)
    return replace(sentence, cue_ids=left) if left else sentence


def _at_the_time_of(cue: ReviewCue, cues: Cues) -> Iterator[str]:
    return (one.cue_id for one in cues if one.span.overlap_ms(cue.span))

"""Whose words are whose: turns of speakers laid over timed words (pure).

A false change of speaker costs more than a missed one: it puts a dash into a sentence that one
person says. So a word keeps to its neighbours wherever the turns do not clearly say otherwise.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from asr.speakers.diarizer import SpeakerTurn
from subtitles.segmentation.turns import is_turn
from subtitles.words import Word

LABELLING_VERSION = "1"
"""Part of every cache key of labelled words: raise it when labelling gives another result."""

REACH_MS = 500
"""A word in no turn belongs to the nearest one, if that is no farther. Voice detectors end speech
up to half a second before its last, faint sound, and a recogniser's word runs on into it."""

BREATH_MS = 300
"""Pauses up to this are drawn within a sentence; a turn hardly ever changes without one as long."""

WEAK_SHARE = 0.5
"""Evidence is weak unless its speaker has that much more of the word than the other has."""

SETTLING_MS = 900
"""How far a change of speaker may move to a sentence end or a pause: a little more than one step
of the windows that voices are compared in, as a change is not known more exactly than that."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "։", "።")
_CLOSING = "\"'”’»)]」』"


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who says a word, and which part of it, 0…1, lies in turns of each speaker."""

    speaker: str
    shares: dict[str, float]

    def is_weak_against(self, other: str) -> bool:
        return self.shares.get(self.speaker, 0.0) - self.shares.get(other, 0.0) < WEAK_SHARE


def label_words(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> tuple[Word, ...]:
    """The same words, each with the label of who says it, or "" when nobody is near.

    A word belongs to the speaker whose turns it overlaps most, else to the nearest turn within
    `REACH_MS`. A single word between two words of another speaker, no more than a breath apart,
    goes to that speaker when its own evidence is weak. A change in mid-sentence moves to the
    nearest sentence end or pause within `SETTLING_MS`, where there is one.

    Args:
        words: In time order; labels they already have are replaced.
        turns: In order of their start; they may overlap.
    """
    claims = _claims(words, turns)
    speakers = _without_flicker(words, claims)
    return tuple(
        replace(word, speaker=speaker)
        for word, speaker in zip(words, _settled(words, speakers), strict=True)
    )


def _claims(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> list[_Claim]:
    starts = [turn.span.start_ms for turn in turns]
    # The latest end among the first n turns: behind it, no earlier turn need be looked at.
    latest_ends = list(accumulate((turn.span.end_ms for turn in turns), max))
    return [_claim(word, _near(word, turns, starts, latest_ends)) for word in words]


def _near(
    word: Word, turns: Sequence[SpeakerTurn], starts: list[int], latest_ends: list[int]
) -> list[SpeakerTurn]:
    """The turns within reach of a word, in their order."""
    first = last = bisect_left(starts, word.span.end_ms + REACH_MS + 1)
    while first and latest_ends[first - 1] >= word.span.start_ms - REACH_MS:
        first -= 1
    return [turn for turn in turns[first:last] if _distance_ms(word, turn) <= REACH_MS]


def _distance_ms(word: Word, turn: SpeakerTurn) -> int:
    apart = max(
        turn.span.start_ms - word.span.end_ms,
        word.span.start_ms - turn.span.end_ms,
    )
    return max(0, apart)


def _claim(word: Word, near: Sequence[SpeakerTurn]) -> _Claim:
    overlaps: dict[str, int] = defaultdict(int)
    for turn in near:
        overlaps[turn.speaker] += turn.span.overlap_ms(word.span)
    if not near:
        return _Claim("", {})
    length = max(1, word.span.duration_ms)
    shares = {speaker: min(1.0, overlap / length) for speaker, overlap in overlaps.items()}
    if any(overlaps.values()):
        return _Claim(max(overlaps, key=lambda speaker: overlaps[speaker]), shares)
    nearest = min(near, key=lambda turn: _distance_ms(word, turn))
    return _Claim(nearest.speaker, shares)


def _without_flicker(words: Sequence[Word], claims: Sequence[_Claim]) -> list[str]:
    speakers = [claim.speaker for claim in claims]
    for number in range(1, len(words) - 1):
        before, after = speakers[number - 1], speakers[number + 1]
        if not before or before != after or speakers[number] == before:
            continue
        in_a_breath = all(_pause_ms(words, place) <= BREATH_MS for place in (number, number + 1))
        if in_a_breath and claims[number].is_weak_against(before):
            speakers[number] = before
    return speakers


def _settled(words: Sequence[Word], speakers: list[str]) -> list[str]:
    """Changes in mid-sentence moved to the nearest place where one may be."""
    settled = list(speakers)
    changes = [
        place
        for place, (before, after) in enumerate(pairwise(speakers), start=1)
        if is_turn(before, after)
    ]
    for place in changes:
        target = _nearest_break(words, settled, place)
        if target < place:
            settled[target:place] = [settled[place]] * (place - target)
        elif target > place:
            settled[place:target] = [settled[place - 1]] * (target - place)
    return settled


def _nearest_break(words: Sequence[Word], speakers: Sequence[str], place: int) -> int:
    """Where a change found before word ``place`` belongs; the same place when nothing is better.

    It moves only through words of the one speaker or of the other, and never so far that nothing
    of a turn is left.
    """
    if _may_change(words, place):
        return place
    before, after, at_ms = speakers[place - 1], speakers[place], words[place].span.start_ms
    found = []
    low = place - 1
    while low > 0 and speakers[low] == before and at_ms - words[low].span.start_ms <= SETTLING_MS:
        if _may_change(words, low) and speakers[low - 1] == before:
            found.append(low)
        low -= 1
    high = place + 1
    while (
        high < len(words)
        and speakers[high - 1] == speakers[high] == after
        and words[high].span.start_ms - at_ms <= SETTLING_MS
    ):
        if _may_change(words, high):
            found.append(high)
        high += 1
    return min(found, key=lambda one: abs(words[one].span.start_ms - at_ms), default=place)


def _may_change(words: Sequence[Word], place: int) -> bool:
    text = words[place - 1].text.rstrip().rstrip(_CLOSING)
    return text.endswith(_SENTENCE_ENDS) or _pause_ms(words, place) > BREATH_MS


def _pause_ms(words: Sequence[Word], place: int) -> int:
    return words[place].span.start_ms - words[place - 1].span.end_ms

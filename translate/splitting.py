"""One translation over several cues: where a linguist would cut it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from subtitles.counting import clusters
from subtitles.profile import StyleProfile

# Costs of a cut, in characters away from where the source was cut: a comma eight characters off
# beats a bare space on the spot, and an article is left at a cue's end only when nothing else is
# within reach. Kinds follow the line-treatment rules of the subtitle guides: after punctuation,
# before conjunctions and prepositions, never between an article and its noun.
_SENTENCE_END_COST = 0.0
_CLAUSE_COST = 3.0
_BEFORE_WORD_COST = 8.0
_PLAIN_COST = 14.0
_TORN_COST = 30.0
# A cue whose source ended with punctuation should end with punctuation.
_LIKE_SOURCE_BONUS = 12.0
# Far cuts cost more than their distance: a word read ten seconds early is worse than ten words
# read a second early.
_FAR_DIVISOR = 20.0
# More than any cut; a later cue is left without words sooner than an earlier one, since nobody
# should wait for words that are being spoken.
_EMPTY_COST = 1_000_000.0
_EARLIER_EMPTY_COST = 1_000.0

_SENTENCE_END = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]」』）]*$")
_CLAUSE_END = re.compile(r"[,;:—–、，；：،؛]+[\"'”’»)\]」』）]*$")
# Characters that start or end no row in scripts without spaces: closing marks, small kana, vowel
# signs that belong to the letter before; opening brackets, and Thai vowels written first.
_NEVER_FIRST = frozenset(
    "、。，．・：；！？」』】）〉》”’…‥ー々〜%,.!?:;)]}"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮๆฯะาำ"
)
_NEVER_LAST = frozenset("「『【（〈《“‘([{$¥￥เแโใไ")


@dataclass(frozen=True, slots=True, kw_only=True)
class CueShare:
    """What one cue holds of a sentence, and may hold of its translation.

    Attributes:
        source_chars: Characters of the source sentence in this cue.
        capacity_chars: What fits here by rows and reading speed.
        is_owner: No other sentence has a greater part of this cue: it must not stay without text.
        ends_with: The source's last character here, to cut alike.
    """

    source_chars: int
    capacity_chars: float
    is_owner: bool
    ends_with: str


def split_translation(
    text: str, shares: Sequence[CueShare], profile: StyleProfile
) -> tuple[str, ...]:
    """One part per share, in order; joined they give every word of the text again.

    Parts follow the source's proportions, moved to the nearest good place: after punctuation,
    before a conjunction, never inside a word or after an article. A part is empty only where the
    share is no owner, or where the text has fewer words than there are owners.
    """
    units = _units(text, unspaced=profile.breaks_anywhere)
    if len(shares) == 1:
        return (text.strip(),)
    ends = [0, *accumulate(len(unit) for unit in units)]
    cut_costs = [_cut_cost(units, place, profile) for place in range(len(units) + 1)]
    ideals = _ideal_cuts(ends[-1], shares)
    kinds = [_mark_kind(share.ends_with) for share in shares]
    cuts = _cheapest_cuts(
        shares,
        ideals,
        ends,
        [
            [cut_costs[place] - _like_source(units, place, kind) for place in range(len(units) + 1)]
            for kind in kinds[:-1]
        ],
    )
    borders = (0, *cuts, len(units))
    return tuple("".join(units[start:end]).strip() for start, end in pairwise(borders))


def _units(text: str, *, unspaced: bool) -> list[str]:
    """What is never cut inside, spaces kept at the end: words, or characters in some scripts."""
    if not unspaced:
        return re.findall(r"\S+\s*", text)
    units: list[str] = []
    for cluster in clusters(text):
        if units and _sticks(units[-1], cluster):
            units[-1] += cluster
        else:
            units.append(cluster)
    return units


def _sticks(before: str, cluster: str) -> bool:
    first, last = cluster[0], before[-1]
    if first.isspace() or first in _NEVER_FIRST or last in _NEVER_LAST:
        return True
    return _is_western(first) and _is_western(last)


def _is_western(character: str) -> bool:
    return (
        character.isalnum()
        and unicodedata.east_asian_width(character) in {"N", "Na", "H"}
        and (character.isascii() or "LATIN" in unicodedata.name(character, ""))
    )


def _cut_cost(units: Sequence[str], place: int, profile: StyleProfile) -> float:
    """What a cut before ``units[place]`` costs; the two ends of a text are sentence ends."""
    if place in {0, len(units)}:
        return _SENTENCE_END_COST
    before, after = units[place - 1].rstrip(), units[place].rstrip()
    if _SENTENCE_END.search(before):
        return _SENTENCE_END_COST
    if _CLAUSE_END.search(before):
        return _CLAUSE_COST
    if _belong_together(before, after, is_first=place == 1, profile=profile):
        return _TORN_COST
    return _BEFORE_WORD_COST if _bare(after) in profile.break_before else _PLAIN_COST


def _belong_together(before: str, after: str, *, is_first: bool, profile: StyleProfile) -> bool:
    """Article and noun, figure and unit, first and last name."""
    if _bare(before) in profile.never_break_after or before[-1].isdigit():
        return True
    return before[0].isupper() and after[:1].isupper() and not is_first


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’«»()[]¿¡.").lower()


def _mark_kind(text: str) -> re.Pattern[str] | None:
    return next((kind for kind in (_SENTENCE_END, _CLAUSE_END) if kind.search(text)), None)


def _like_source(units: Sequence[str], place: int, kind: re.Pattern[str] | None) -> float:
    if kind is None or not 0 < place < len(units):
        return 0.0
    return _LIKE_SOURCE_BONUS if _mark_kind(units[place - 1].rstrip()) else 0.0


def _ideal_cuts(length: int, shares: Sequence[CueShare]) -> list[float]:
    """Where the source's proportions would cut, after what does not fit moved next door."""
    total = sum(share.source_chars for share in shares)
    wanted = [length * share.source_chars / total for share in shares]
    for here, share in enumerate(shares):
        for neighbour in (here + 1, here - 1):
            if 0 <= neighbour < len(shares):
                free = max(0.0, shares[neighbour].capacity_chars - wanted[neighbour])
                moved = min(free, max(0.0, wanted[here] - share.capacity_chars))
                wanted[here] -= moved
                wanted[neighbour] += moved
    return list(accumulate(wanted))[:-1]


def _cheapest_cuts(
    shares: Sequence[CueShare],
    ideals: Sequence[float],
    ends: Sequence[int],
    cut_costs: Sequence[Sequence[float]],
) -> list[int]:
    """The cheapest non-decreasing cuts, by dynamic programming over (cut, unit)."""
    places = range(len(ends))
    infinite = float("inf")
    best = [0.0] + [infinite] * (len(ends) - 1)
    origins: list[list[int]] = []
    for number, ideal in enumerate(ideals):
        stay = _empty_cost(shares, number)
        best, origin = _advanced(best, stay)
        origins.append(origin)
        for place in places:
            away = abs(ends[place] - ideal)
            best[place] += cut_costs[number][place] + away + away * away / _FAR_DIVISOR
    _, last = _advanced(best, _empty_cost(shares, len(shares) - 1))
    cuts = [last[-1]]
    for origin in reversed(origins[1:]):
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]


def _empty_cost(shares: Sequence[CueShare], number: int) -> float:
    if not shares[number].is_owner:
        return 0.0
    return _EMPTY_COST + _EARLIER_EMPTY_COST * (len(shares) - number)


def _advanced(best: Sequence[float], stay_cost: float) -> tuple[list[float], list[int]]:
    """For each place, the cheapest place at or before it to come from; staying may cost."""
    costs: list[float] = []
    origins: list[int] = []
    lowest, lowest_at = float("inf"), 0
    for place, cost in enumerate(best):
        staying = cost + stay_cost
        is_moving = lowest <= staying
        costs.append(lowest if is_moving else staying)
        origins.append(lowest_at if is_moving else place)
        if cost < lowest:
            lowest, lowest_at = cost, place
    return costs, origins

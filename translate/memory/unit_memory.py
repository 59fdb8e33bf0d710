"""A translation memory over units at hand: which of them may stand, which are only offered.

- The same sentence said in the same context, before and after: its translation stands; the one
  approved last where there are several.
- The same sentence in another context: its translation stands where it was translated one way only,
  whatever the context; otherwise all ways are offered, the most frequent first.
- A similar sentence: offered with its score, and never stands.

What was said is compared, white space and ways to print quotation marks, dashes and ellipses aside.
The languages: of the source whatever region or script, for its words are compared anyway; of the
target the very tag, for what was approved in ``pt`` or ``pt-PT`` is no Brazilian Portuguese.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from subtitles.language import LanguageTag, base_language
from translate.memory.matching import FuzzyIndex, match_key
from translate.memory.port import MemoryHit
from translate.memory.units import MemoryUnit
from translate.translator import LanguagePair

MOST_HITS = 5
"""Hits given for a sentence: more than a reviewer reads."""

_MOST_REMEMBERED = 20_000
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

PairKey = tuple[str, LanguageTag]


def pair_key(pair: LanguagePair) -> PairKey:
    """The same for pairs whose units serve each other."""
    return base_language(pair.source), pair.target


class UnitMemory:
    """Implements `translate.memory.port.TranslationMemory` over units in memory."""

    def __init__(self, units: Iterable[MemoryUnit], *, limit: int = MOST_HITS) -> None:
        """Units are grouped by languages; the index of a pair is made when it is first needed."""
        self._limit = limit
        self._units: dict[PairKey, list[MemoryUnit]] = defaultdict(list)
        self._indexes: dict[PairKey, PairMemory] = {}
        for unit in units:
            self._units[pair_key(unit.pair)].append(unit)

    def hits(self, text: str, before: str, after: str, pair: LanguagePair) -> tuple[MemoryHit, ...]:
        """See the port; at most ``limit``."""
        key = pair_key(pair)
        if key not in self._indexes:
            self._indexes[key] = PairMemory(self._units.get(key, ()), limit=self._limit)
        return self._indexes[key].hits(text, before, after)


class PairMemory:
    """What one pair of languages remembers."""

    def __init__(self, units: Sequence[MemoryUnit], *, limit: int = MOST_HITS) -> None:
        self._limit = limit
        self._by_key: dict[str, list[MemoryUnit]] = defaultdict(list)
        for unit in sorted(units, key=_latest_first, reverse=True):
            self._by_key[match_key(unit.source_text)].append(unit)
        self._fuzzy = FuzzyIndex(tuple(self._by_key))
        # A track is looked up twice: for the key of its translation, and to make it.
        self._offered: dict[str, tuple[MemoryHit, ...]] = {}

    def hits(self, text: str, before: str, after: str) -> tuple[MemoryHit, ...]:
        """What there is for a sentence said between two others, best first."""
        key = match_key(text)
        same = self._by_key.get(key)
        if same is None:
            return self._similar(key)
        around = (match_key(before), match_key(after))
        in_context = (one for one in same if _context(one) == around)
        standing = next(in_context, None) or _only_way(same)
        if standing is None:
            return tuple(_hit(unit, 1.0) for unit in _ways(same)[: self._limit])
        others = (unit for unit in _ways(same) if unit.text != standing.text)
        offered = [_hit(unit, 1.0) for unit in others]
        return (_hit(standing, 1.0, is_exact=True), *offered[: self._limit - 1])

    def _similar(self, key: str) -> tuple[MemoryHit, ...]:
        if key not in self._offered:
            if len(self._offered) >= _MOST_REMEMBERED:
                self._offered.clear()
            self._offered[key] = tuple(self._fuzzy_hits(key))[: self._limit]
        return self._offered[key]

    def _fuzzy_hits(self, key: str) -> Iterator[MemoryHit]:
        """Each translation once, with the sentence that is most like the one looked for."""
        seen: set[str] = set()
        for other, score in self._fuzzy.best(key, self._limit):
            for unit in _ways(self._by_key[other]):
                if unit.text not in seen:
                    seen.add(unit.text)
                    yield _hit(unit, score)


def _latest_first(unit: MemoryUnit) -> tuple[datetime, str]:
    """For sorting in reverse; those without a time come last, the order is always the same."""
    return unit.approved_at or _LONG_AGO, unit.unit_id


def _context(unit: MemoryUnit) -> tuple[str, str]:
    return match_key(unit.before), match_key(unit.after)


def _only_way(units: Sequence[MemoryUnit]) -> MemoryUnit | None:
    """The latest unit, if all have the same translation."""
    return units[0] if len({match_key(unit.text) for unit in units}) == 1 else None


def _ways(units: Sequence[MemoryUnit]) -> list[MemoryUnit]:
    """Each translation's latest unit, the most frequent first, then the latest."""
    counts = Counter(match_key(unit.text) for unit in units)
    ways: dict[str, MemoryUnit] = {}
    for unit in units:
        ways.setdefault(match_key(unit.text), unit)
    return sorted(ways.values(), key=lambda unit: -counts[match_key(unit.text)])


def _hit(unit: MemoryUnit, score: float, *, is_exact: bool = False) -> MemoryHit:
    return MemoryHit(
        text=unit.text,
        source_text=unit.source_text,
        score=score,
        is_exact=is_exact,
        origin=unit.origin,
    )

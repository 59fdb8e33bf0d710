"""Whole sentences out of cues: translation engines know sentences, subtitles know rows.

A sentence may run through several cues and a cue may hold several sentences. Nothing is lost on
the way: a cue's text, styling and white space aside, is exactly its shares of the sentences.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.cues import Cue, CueTrack
from subtitles.language import LanguageTag, is_unspaced
from subtitles.span import Span, gap_ms
from translate.sentencing.markup import plain_cue
from translate.sentencing.pieces import cut_points
from translate.sentencing.sentence_ends import sentence_ends
from translate.translator import Sentence

MAX_SENTENCE_CHARS = 400
"""Longest sentence built; speech without punctuation is cut, best at a cue border. The longest of
the sentences of ordinary news prose are some 300 characters, and small engines lose the end of
inputs much longer than that."""

MAX_UNSPACED_SENTENCE_CHARS = 130
"""The same for Chinese, Japanese, Thai and their kin, which say as much in a third of the room."""

SENTENCE_PAUSE_MS = 2_000
"""A silence this long, before a capital letter, ends a sentence that has no full stop. It is the
pause after which subtitle guides ask for an ellipsis."""

LONG_PAUSE_MS = 5_000
"""A silence this long ends a sentence in any case: nobody reads on across it."""

UNPUNCTUATED_PAUSE_MS = 700
"""A silence this long ends a sentence in speech written down without punctuation, and one that has
its full stop in speech written down without capitals."""

# Prose ends a sentence at least this often; a text that never does was written without stops.
_CHARS_WITH_A_STOP = 300

# A stop that is no ellipsis, and the space between cues.
_STOPPED = re.compile(r"(?<![.…])[.!?]\s*$")
_MUSIC = "♪♫♬♩"
_LABEL_OPENERS = "[（"
_DASHES = "-–—‐‑"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flow:
    """A track as one text, knowing which cue each character belongs to.

    Attributes:
        text: All rows of all cues, joined by one space (or by nothing between unspaced scripts).
        starts: Where in ``text`` each cue begins; the joining space belongs to the earlier cue.
        cues: The cue that begins at the same place of ``starts``.
        openings: Where a row opens a sentence: with a speaker's dash, a label or a note.
    """

    text: str
    starts: tuple[int, ...]
    cues: tuple[Cue, ...]
    openings: frozenset[int]

    def cue_at(self, place: int) -> int:
        """Index of the cue that holds the character at ``place``."""
        return bisect_right(self.starts, place) - 1


def sentences_of(track: CueTrack) -> tuple[Sentence, ...]:
    """The track's sentences in order, styling taken off.

    Every character that a viewer sees stands in exactly one sentence, in order; a cue of nothing
    but styling stands in none. A row that opens with a dash opens a sentence. Each knows the one
    before it and the one after it.
    """
    flow = _flow(track)
    if not flow.text:
        return ()
    ends = set(sentence_ends(flow.text, track.language, flow.openings))
    has_stops = (len(ends) + 1) * _CHARS_WITH_A_STOP > len(flow.text)
    ends |= flow.openings | set(_silences(flow, track.language, has_stops=has_stops))
    borders = (0, *sorted((ends | {len(flow.text)}) - {0}))
    limit = MAX_UNSPACED_SENTENCE_CHARS if is_unspaced(track.language) else MAX_SENTENCE_CHARS
    sentences = [
        _sentence(flow, start, end)
        for whole in pairwise(borders)
        for start, end in _bounded(flow, *whole, limit)
    ]
    texts = ["", *(sentence.text for sentence in sentences), ""]
    return tuple(
        replace(sentence, before=texts[number], after=texts[number + 2])
        for number, sentence in enumerate(sentences)
    )


def _flow(track: CueTrack) -> _Flow:
    parts: list[str] = []
    starts: list[int] = []
    cues: list[Cue] = []
    openings: set[int] = set()
    length = 0
    previous = ""
    for cue in track.cues:
        rows = plain_cue(cue.lines).lines
        for number, row in enumerate(rows):
            joiner = _joiner(parts[-1], row, track.language) if parts else ""
            if joiner:
                parts.append(joiner)
                length += len(joiner)
            if number == 0:
                starts.append(length)
                cues.append(cue)
            if _opens_sentence(row) or _is_wordless(row) or (parts and _is_wordless(previous)):
                openings.add(length)
            previous = row
            parts.append(row)
            length += len(row)
    return _Flow(
        text="".join(parts), starts=tuple(starts), cues=tuple(cues), openings=frozenset(openings)
    )


def _joiner(before: str, after: str, language: LanguageTag) -> str:
    if not is_unspaced(language) or (before[-1].isascii() and after[0].isascii()):
        return " "
    return ""


def _opens_sentence(row: str) -> bool:
    """Whether a row opens with a label, a note or a speaker's dash."""
    return row[0] in _LABEL_OPENERS or row[0] in _MUSIC or opens_turn(row)


def _is_wordless(row: str) -> bool:
    """Whether a row is a symbol, such as a note or an emoji, that no sentence runs through."""
    return not any(character.isalnum() for character in row)


def opens_turn(text: str) -> bool:
    """Whether a text opens with a speaker's dash: one that is no minus and no interruption."""
    rest = text.lstrip(_DASHES)
    return len(text) - len(rest) == 1 and bool(rest.strip()) and not rest[0].isdigit()


def _silences(flow: _Flow, language: LanguageTag, *, has_stops: bool) -> Iterator[int]:
    """Cue borders at which a pause, an interruption or the end of a song line ends a sentence."""
    for (_, earlier), (place, later) in pairwise(zip(flow.starts, flow.cues, strict=True)):
        pause = gap_ms(earlier.span, later.span)
        last = flow.text[max(0, place - 2) : place].rstrip()[-1:]
        fresh = is_unspaced(language) or not flow.text[place].islower()
        is_over = pause >= SENTENCE_PAUSE_MS or last in _DASHES
        is_stopped = bool(_STOPPED.search(flow.text, max(0, place - 4), place))
        longest = UNPUNCTUATED_PAUSE_MS if is_stopped or not has_stops else LONG_PAUSE_MS
        if last in _MUSIC or pause >= longest or (fresh and is_over):
            yield place


def _bounded(flow: _Flow, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    inside = flow.starts[bisect_right(flow.starts, start) : bisect_right(flow.starts, end)]
    preferred = frozenset(place - start for place in inside)
    cuts = cut_points(flow.text[start:end], lambda piece: len(piece) <= limit, preferred=preferred)
    yield from pairwise((start, *(start + cut for cut in cuts), end))


def _sentence(flow: _Flow, start: int, end: int) -> Sentence:
    """The stretch as a sentence, without the space that follows it."""
    text = flow.text[start:end].rstrip()
    end = start + len(text)
    first, last = flow.cue_at(start), flow.cue_at(end - 1)
    borders = (start, *flow.starts[first + 1 : last + 1], end)
    covered: Sequence[Cue] = flow.cues[first : last + 1]
    return Sentence(
        text=text,
        span=Span(covered[0].span.start_ms, covered[-1].span.end_ms),
        cue_ids=tuple(cue.cue_id for cue in covered),
        cue_lengths=tuple(later - earlier for earlier, later in pairwise(borders)),
    )

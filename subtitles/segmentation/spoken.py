"""Recognised words made ready for cutting: pieces of text, each with its time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.counting import visible_text
from subtitles.plain_text import clean_text
from subtitles.segmentation.linebreaks import Piece, half_widths, hard_pieces, pieces_of
from subtitles.segmentation.turns import is_turn
from subtitles.span import Span
from subtitles.style.profile import StyleProfile
from subtitles.words import Word

_SPECIAL = re.compile(r"[ <{]")


@dataclass(frozen=True, slots=True)
class SpokenPiece:
    """A piece of text that is never cut, when it is said, by whom, and how sure that is."""

    piece: Piece
    span: Span
    probability: float
    speaker: str = ""


def spoken_pieces(words: Sequence[Word], profile: StyleProfile) -> tuple[SpokenPiece, ...]:
    """The words as pieces in time order, none longer than a row, none overlapping the next.

    Words without visible text are left out. Parts that follow without a space (``don`` + ``'t``)
    are one piece, except where the script has no spaces or the speaker changes. A word of several
    words, or one wider than a row, is cut, its time shared out by length.
    """
    parts: list[SpokenPiece] = []
    spaced = False
    for word in words:
        spaced = spaced or word.text[:1].isspace()
        parts.extend(_parts(word, profile, spaced=spaced))
        spaced = word.text[-1:].isspace()
    merged = parts if profile.breaks_anywhere else list(_joined(parts, profile))
    return tuple(_without_overlap(merged))


def _parts(word: Word, profile: StyleProfile, *, spaced: bool) -> Iterator[SpokenPiece]:
    """One recognised word as one or more pieces."""
    text = word.text.strip()
    longest = 1 if profile.breaks_anywhere else profile.max_chars_per_line
    if len(text) <= longest and _is_plain(text):
        piece = Piece(text, spaced=spaced)
        yield SpokenPiece(piece, word.span, word.probability, word.speaker)
        return
    text = clean_text(text)
    if not visible_text(text).strip():
        return
    found = [
        Piece(part, spaced=piece.spaced and index == 0)
        for piece in pieces_of(text, profile)
        for index, part in enumerate(hard_pieces(piece.text, profile))
    ]
    found[0] = Piece(found[0].text, spaced=spaced)
    total, done = sum(len(piece.text) for piece in found), 0
    start, length = word.span.start_ms, word.span.duration_ms
    for piece in found:
        begin = start + length * done // total
        done += len(piece.text)
        span = Span(begin, start + length * done // total)
        yield SpokenPiece(piece, span, word.probability, word.speaker)


def _is_plain(text: str) -> bool:
    """Whether nothing needs cleaning or cutting: the quick way for nearly every word."""
    return text.isprintable() and bool(text) and not _SPECIAL.search(text)


def _joined(parts: Sequence[SpokenPiece], profile: StyleProfile) -> Iterator[SpokenPiece]:
    """Parts without a space between them as one piece, as long as it fits a row."""
    limit = 2 * profile.max_chars_per_line
    held: SpokenPiece | None = None
    for part in parts:
        if held is None:
            held = part
            continue
        text = held.piece.text + part.piece.text
        apart = part.piece.spaced or is_turn(held.speaker, part.speaker)
        if apart or half_widths(text, profile.counting) > limit:
            yield held
            held = part
        else:
            held = SpokenPiece(
                Piece(text, spaced=held.piece.spaced),
                Span(held.span.start_ms, max(held.span.end_ms, part.span.end_ms)),
                min(held.probability, part.probability),
                held.speaker or part.speaker,
            )
    if held is not None:
        yield held


def _without_overlap(parts: Sequence[SpokenPiece]) -> Iterator[SpokenPiece]:
    """A word ends where the next one starts, at the latest."""
    for one, other in pairwise(parts):
        end = max(one.span.start_ms, min(one.span.end_ms, other.span.start_ms))
        yield replace(one, span=Span(one.span.start_ms, end)) if end < one.span.end_ms else one
    if parts:
        yield parts[-1]

"""What of a cue's text is said: its words in order, and what stands around all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.tasks import ReviewCue
from subtitles.segmentation.linebreaks import Piece, pieces_of
from subtitles.style.profile import StyleProfile
from subtitles.typography.marked import TAG
from translate.sentencing.sentences import opens_turn

_DRESS = re.compile(rf"((?:{TAG.pattern})*)(.*?)((?:{TAG.pattern})*)", re.IGNORECASE | re.DOTALL)
_DASH = re.compile(r"^\W[ \u00a0]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenText:
    """A cue as its words.

    Attributes:
        cue: The cue.
        words: In order; single characters in scripts without spaces. Speakers' dashes are left out.
        opening: The tags before all words: italics, a place on the screen.
        closing: The tags after all words.
        turns: How many words each row has, where its rows are of several speakers; else empty.
        is_tagged: Whether there are tags between the words, too.
    """

    cue: ReviewCue
    words: tuple[Piece, ...]
    opening: str
    closing: str
    turns: tuple[int, ...]
    is_tagged: bool

    @property
    def dress(self) -> tuple[str, str]:
        """The tags around all words."""
        return self.opening, self.closing


def spoken_text(cue: ReviewCue, profile: StyleProfile) -> SpokenText:
    """A cue's text as its words."""
    opening, inner, closing = undressed(cue.text)
    rows = inner.split("\n")
    is_dialogue = any(map(opens_turn, rows))
    said = [
        words_of(_DASH.sub("", row, count=1) if opens_turn(row) else row, profile) for row in rows
    ]
    return SpokenText(
        cue=cue,
        words=in_a_row(said, profile),
        opening=opening,
        closing=closing,
        turns=tuple(len(row) for row in said) if is_dialogue else (),
        is_tagged=bool(TAG.search(inner)),
    )


def undressed(text: str) -> tuple[str, str, str]:
    """The tags before all words, the words, the tags after them."""
    found = _DRESS.fullmatch(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def words_of(row: str, profile: StyleProfile) -> tuple[Piece, ...]:
    """The words of one row."""
    return pieces_of(row, profile)


def in_a_row(parts: Sequence[Sequence[Piece]], profile: StyleProfile) -> tuple[Piece, ...]:
    """The words of several rows or cues, with spaces between them where the script has spaces."""
    joined: list[Piece] = []
    for part in parts:
        for number, word in enumerate(part):
            is_border = number == 0 and bool(joined)
            spaced = _is_spaced(joined[-1], word, profile) if is_border else word.spaced
            joined.append(Piece(word.text, spaced=spaced))
    return tuple(joined)


def _is_spaced(one: Piece, other: Piece, profile: StyleProfile) -> bool:
    """Whether a space stands between the end of a row and the next one."""
    return not profile.breaks_anywhere or (one.text[-1].isascii() and other.text[0].isascii())

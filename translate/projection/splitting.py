"""One translation over several cues: where a linguist would cut it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from subtitles.counting import line_width
from subtitles.plain_text import clean_text
from subtitles.segmentation.linebreaks import Piece, join_pieces, pieces_of
from subtitles.style.profile import StyleProfile
from translate.projection.cheapest_cuts import Part, cheapest_cuts
from translate.projection.cut_costs import EARLIER_EMPTY, EMPTY, NO_ROOM, cut_costs
from translate.projection.styling import DASHES
from translate.translator import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CueShare:
    """What one cue holds of a sentence, and may hold of its translation.

    Attributes:
        source_chars: Characters of the source sentence in this cue.
        capacity: Width that fits here by rows and reading speed, in the target's characters.
        is_owner: No other sentence has a greater part of this cue: it must not stay without text.
        ends_with_mark: The source has punctuation where it leaves this cue.
        no_room: What it costs, in columns, when its part is wider than ``capacity``.
    """

    source_chars: int
    capacity: float
    is_owner: bool
    ends_with_mark: bool
    no_room: float = NO_ROOM


def split_translation(
    text: str, shares: Sequence[CueShare], profile: StyleProfile, links: Sequence[Link] = ()
) -> tuple[str, ...]:
    """One part per share, in order; together they hold every word of the text.

    The cuts are the cheapest of all by `translate.projection.cut_costs`. A part is empty only where
    the share is no owner, or where the text has fewer words than there are owners.

    Args:
        text: The translation.
        shares: The parts of the source sentence's cues.
        profile: Of the target language.
        links: From the clean text's characters into the sentence's; none when nobody knows.
    """
    if len(shares) == 1:
        return (clean_text(text),)
    pieces = _pieces(text, profile)
    widths = [line_width(piece.text, profile.counting) for piece in pieces]
    *borders, _ = accumulate(share.source_chars for share in shares)
    costs = cut_costs(
        pieces,
        widths,
        source_cuts=[
            (border, share.ends_with_mark) for border, share in zip(borders, shares, strict=False)
        ],
        source_chars=sum(share.source_chars for share in shares),
        links=links,
        profile=profile,
    )
    parts = [_part(share, len(shares) - number) for number, share in enumerate(shares)]
    cuts = cheapest_cuts(widths, [piece.spaced for piece in pieces], parts, costs)
    return tuple(join_pieces(pieces[start:end]) for start, end in pairwise((0, *cuts, len(pieces))))


def word_count(text: str, profile: StyleProfile) -> int:
    """How many parts a text can be cut into."""
    return len(_pieces(text, profile))


def _pieces(text: str, profile: StyleProfile) -> tuple[Piece, ...]:
    """The text's pieces: none is blank (a lone no-break space) or a speaker's dash alone."""
    pieces = [piece for piece in pieces_of(clean_text(text), profile) if piece.text.strip()]
    if len(pieces) > 1 and pieces[0].text in DASHES:
        dash, first, *others = pieces
        joiner = " " if first.spaced else ""
        return (replace(first, text=dash.text + joiner + first.text, spaced=dash.spaced), *others)
    return tuple(pieces)


def _part(share: CueShare, from_the_end: int) -> Part:
    return Part(
        capacity=share.capacity,
        overflow_cost=share.no_room,
        empty_cost=EMPTY + EARLIER_EMPTY * from_the_end if share.is_owner else 0.0,
    )

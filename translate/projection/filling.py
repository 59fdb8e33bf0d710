"""What a cue shows: parts of translations set in rows, with the tags that belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from subtitles.segmentation.linebreaks import break_lines_anyway, join_pieces, pieces_of
from subtitles.style.profile import StyleProfile
from subtitles.typography.dashes import speaker_rows
from translate.projection.styling import DASHES, part_places, with_tags
from translate.sentencing.markup import StyledStretch
from translate.sentencing.solid import solid


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one sentence puts into one cue.

    Attributes:
        text: May be empty.
        opens_turn: Whether somebody else begins to speak with it.
        score: Of the translation; None when it has none.
        tags: On the characters of ``text`` that are no white space.
    """

    text: str
    opens_turn: bool
    score: float | None
    tags: tuple[StyledStretch, ...] = ()


def rows_of_parts(parts: Sequence[Part], profile: StyleProfile) -> tuple[str, ...]:
    """One row for each speaker when there are several, else rows by the profile; tags inside."""
    shown = [part for part in parts if part.text]
    turns: list[list[str]] = []
    for part in shown:
        if part.opens_turn or not turns:
            turns.append([])
        turns[-1].append(part.text)
    joiner = "" if profile.breaks_anywhere else " "
    rows = speaker_rows([joiner.join(turn) for turn in turns], profile) if turns else ()
    if len(rows) == 1:
        rows = break_lines_anyway(rows[0], profile)
    else:
        rows = tuple(join_pieces(pieces_of(row, profile)) for row in rows)
    starts = part_places(rows, [part.text for part in shown])
    return with_tags(
        rows,
        [
            replace(tag, start=start + max(tag.start, _dash_length(part)), end=start + tag.end)
            for part, start in zip(shown, starts, strict=True)
            for tag in part.tags
        ],
    )


def _dash_length(part: Part) -> int:
    """How long the dash is that a speaker's turn opens with: it is no word of theirs."""
    text = solid(part.text)
    return len(text) - len(text.lstrip(DASHES)) if part.opens_turn else 0

"""Where the words of cues are cut anew, beside where they are cut now."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from review.measuring import Yardstick
from review.resegmenting.spoken_texts import SpokenText, in_a_row
from review.resegmenting.staying import speakers_of
from review.resegmenting.word_times import Said
from review.tasks import ReviewCue
from subtitles.counting import line_width
from subtitles.cues import Cue
from subtitles.segmentation.segmenter import segment
from subtitles.signature import EngineSignature
from subtitles.style.profile import StyleProfile
from subtitles.words import Transcript, Word

_CORRECTED = EngineSignature(engine="heard-and-corrected", engine_version="1")
_SPEAKERS_DASH = re.compile(r"^\W")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Cues that follow each other, and those with the same words that take their place.

    Attributes:
        before: As they are.
        after: Their times, rows with tags, and lowest probability; the rest of them means nothing.
        bare_texts: Of ``after`` the rows without tags, joined by line breaks.
        words: Of all of them, in order.
        starts: With which of the words each of ``after`` begins.
    """

    before: tuple[ReviewCue, ...]
    after: tuple[Cue, ...]
    bare_texts: tuple[str, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]


def changes_in(
    run: Sequence[SpokenText], times: Sequence[Sequence[Said]], by: Yardstick
) -> tuple[Change, ...] | None:
    """What is cut elsewhere than now; None where the words cannot be found again in what comes out.

    Args:
        run: Cues that follow each other, all in the same tags.
        times: When their words are said, and by whom.
        by: Limits, frames and shot changes.
    """
    cut = _cut_anew(run, times, by)
    said = [word.text for text in run for word in text.words]
    ends = _ends(cut, "".join(map(_letters, said)))
    if ends is None:
        return None
    now = list(accumulate(sum(len(_letters(word.text)) for word in text.words) for text in run))
    borders = sorted({0} | (set(now) & set(ends)))
    found = []
    for start, end in pairwise(borders):
        texts = run[_index(now, start) : _index(now, end)]
        cues = cut[_index(ends, start) : _index(ends, end)]
        if len(texts) == len(cues) == 1:
            if _fits(texts[0], by.profile):
                continue
            # The same words: only the rows are others, and the times are those of a person.
            cues = (replace(cues[0], span=texts[0].cue.span),)
        found.append(_change(texts, cues, [one - start for one in (start, *ends) if one < end]))
    return tuple(found)


def _cut_anew(
    run: Sequence[SpokenText], times: Sequence[Sequence[Said]], by: Yardstick
) -> tuple[Cue, ...]:
    pieces = in_a_row([text.words for text in run], by.profile)
    said = [word for cue in times for word in cue]
    voices = [one for text, cue in zip(run, times, strict=True) for one in speakers_of(text, cue)]
    words = tuple(
        Word(
            text=f" {piece.text}" if piece.spaced else piece.text,
            span=word.span,
            probability=word.percent / 100,
            speaker=voice,
        )
        for piece, word, voice in zip(pieces, said, voices, strict=True)
    )
    transcript = Transcript(
        media_id="",
        language=by.profile.language,
        language_probability=1.0,
        words=words,
        made_by=_CORRECTED,
    )
    return segment(transcript, by.profile, picture=by.picture).cues


def _ends(cues: Sequence[Cue], letters: str) -> list[int] | None:
    """After how many letters every cue ends; None unless the cues have these and no others."""
    ends, place = [], 0
    for cue in cues:
        for row in cue.lines:
            said = _letters(row)
            if not letters.startswith(said, place):
                said = _letters(_SPEAKERS_DASH.sub("", row))
            if not letters.startswith(said, place):
                return None
            place += len(said)
        ends.append(place)
    return ends if place == len(letters) else None


def _change(texts: Sequence[SpokenText], cues: Sequence[Cue], starts: Sequence[int]) -> Change:
    words = tuple(word.text for text in texts for word in text.words)
    first_letters = list(accumulate((len(_letters(word)) for word in words), initial=0))
    opening, closing = texts[0].dress
    return Change(
        before=tuple(text.cue for text in texts),
        after=tuple(
            replace(cue, lines=tuple(f"{opening}{cue.text}{closing}".split("\n"))) for cue in cues
        ),
        bare_texts=tuple(cue.text for cue in cues),
        words=words,
        starts=tuple(bisect_left(first_letters, start) for start in starts),
    )


def _fits(text: SpokenText, profile: StyleProfile) -> bool:
    """Whether the rows of a cue are as few and as narrow as the style wants them."""
    rows = text.cue.text.split("\n")
    widest = max(line_width(row, profile.counting) for row in rows)
    return len(rows) <= profile.max_lines and widest <= profile.max_chars_per_line


def _index(ends: Sequence[int], border: int) -> int:
    """How many cues end at a border or before it."""
    return 0 if border == 0 else bisect_left(ends, border) + 1


def _letters(text: str) -> str:
    """Everything that is printed, spaces of all kinds left out."""
    return "".join(text.split())

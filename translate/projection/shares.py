"""What each cue holds of a sentence, and how much of its translation it has room for."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.plain_text import clean_text
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile, min_gap_ms
from subtitles.typography.setting import set_text
from translate.projection.splitting import CueShare
from translate.sentencing.offsets import carried, places
from translate.translator import Rendering, Sentence

_CLOSING_MARKS = frozenset('.,;:!?…—–-。！？、，；：؟،؛।"”»)]♪')


def cue_widths(cues: Sequence[Cue], profile: StyleProfile, picture: Picture) -> Mapping[str, float]:
    """How wide a text each cue can show: by its rows, and by the time until the next cue.

    A cue may stay on the screen into the silence after it, as the timing pass lets it.
    """
    rows = profile.max_lines * profile.max_chars_per_line
    gap = min_gap_ms(profile, picture.frame_rate)
    widths: dict[str, float] = {}
    for cue, following in zip_longest(cues, cues[1:]):
        end_ms = cue.span.end_ms + profile.max_linger_ms
        if following is not None:
            end_ms = max(cue.span.end_ms, min(end_ms, following.span.start_ms - gap))
        shown_ms = min(end_ms - cue.span.start_ms, profile.max_duration_ms)
        widths[cue.cue_id] = min(rows, shown_ms * profile.max_chars_per_second / MS_PER_SECOND)
    return widths


def owners_of(sentences: Iterable[Sentence]) -> Mapping[str, int]:
    """For each cue, the number of the sentence that has the greatest part of it."""
    greatest: dict[str, tuple[int, int]] = {}
    for number, sentence in enumerate(sentences):
        for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True):
            if cue_id not in greatest or length > greatest[cue_id][0]:
                greatest[cue_id] = (length, number)
    return {cue_id: number for cue_id, (_, number) in greatest.items()}


def shares_of(
    sentence: Sentence, number: int, owners: Mapping[str, int], capacities: Mapping[str, float]
) -> tuple[CueShare, ...]:
    """The sentence's parts of its cues, in order."""
    shares: list[CueShare] = []
    end = 0
    for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True):
        end += length
        is_owner = owners[cue_id] == number
        shares.append(
            CueShare(
                source_chars=length,
                # A sentence that has the smaller part of a cue cannot count on free room in it.
                capacity=capacities[cue_id] if is_owner else 0.0,
                is_owner=is_owner,
                ends_with_mark=sentence.text[:end].rstrip()[-1:] in _CLOSING_MARKS,
            )
        )
    return tuple(shares)


def printed(rendering: Rendering, profile: StyleProfile) -> Rendering:
    """The rendering in the print of its language, its alignment moved along."""
    text = clean_text(set_text(rendering.text, profile))
    if not rendering.alignment:
        return Rendering(text=text, score=rendering.score)
    ends = max(link.source[1] for link in rendering.alignment)
    there = places(rendering.text, text)
    links = carried(rendering.alignment, range(ends + 1), there)
    return Rendering(text=text, score=rendering.score, alignment=tuple(links))

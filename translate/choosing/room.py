"""How much text the cues of a sentence have room for, before anything is placed in them."""

from collections.abc import Sequence
from itertools import zip_longest

from subtitles.counting import line_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile, min_gap_ms
from translate.sentencing.markup import plain_cue
from translate.translator import Sentence


class Rooms:
    """The room in each cue of a track, by rows and by reading speed.

    A cue may stay on the screen into the silence after it, as the timing pass lets it. Where
    sentences share a cue, each has room by its share of the words said there.
    """

    def __init__(self, cues: Sequence[Cue], profile: StyleProfile, picture: Picture) -> None:
        self._profile = profile
        gap = min_gap_ms(profile, picture.frame_rate)
        rows = profile.max_lines * profile.max_chars_per_line
        self._widths: dict[str, float] = {}
        self._lengths: dict[str, int] = {}
        for cue, following in zip_longest(cues, cues[1:]):
            end_ms = cue.span.end_ms + profile.max_linger_ms
            if following is not None:
                end_ms = max(cue.span.end_ms, min(end_ms, following.span.start_ms - gap))
            shown_ms = min(end_ms - cue.span.start_ms, profile.max_duration_ms)
            readable = shown_ms * profile.max_chars_per_second / MS_PER_SECOND
            self._widths[cue.cue_id] = min(rows, readable)
            self._lengths[cue.cue_id] = len(" ".join(plain_cue(cue.lines).lines))

    def has(self, sentence: Sentence, text: str) -> bool:
        """Whether there is room for a text in the place of a sentence."""
        room = sum(
            self._widths[cue_id] * min(1.0, length / max(1, self._lengths[cue_id]))
            for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True)
        )
        return line_width(text, self._profile.counting) <= room

"""How much of a sentence's translation each of its cues holds, and has room for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, zip_longest

from subtitles.counting import line_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.plain_text import clean_text
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile, min_gap_ms
from subtitles.typography.setting import set_text
from translate.projection.cut_costs import NO_ROOM
from translate.projection.splitting import CueShare, split_translation
from translate.sentencing.offsets import carried, places
from translate.translator import Rendering, Sentence

_CLOSING_MARKS = frozenset('.,;:!?…—–-。！？、，；：؟،؛।"”»)]♪')
# Rows broken at words hold a little less than their full width.
_USABLE_WIDTH = 0.95


class Shares:
    """The sentences of a track, and the room that each has in its cues."""

    def __init__(
        self,
        cues: Sequence[Cue],
        sentences: Sequence[Sentence],
        profile: StyleProfile,
        picture: Picture,
    ) -> None:
        """Measures every cue.

        Args:
            cues: Of the source track.
            sentences: Of these cues, in order.
            profile: Limits of the target language.
            picture: The frame grid.
        """
        self._profile = profile
        widths = cue_widths(cues, profile, picture)
        owners, lengths = _owners_of(sentences), _lengths_of(sentences)
        self._shares = tuple(
            _shares(
                sentence, [owners[cue_id] == number for cue_id in sentence.cue_ids], widths, lengths
            )
            for number, sentence in enumerate(sentences)
        )

    def of(self, number: int, no_room: float = NO_ROOM) -> tuple[CueShare, ...]:
        """The parts that the sentence of that number has in its cues, in order.

        Args:
            number: Of the sentence.
            no_room: What it shall cost when a part has no room.
        """
        shares = self._shares[number]
        if no_room == NO_ROOM:
            return shares
        return tuple(replace(share, no_room=no_room) for share in shares)

    def spread(
        self, number: int, rendering: Rendering, no_room: float = NO_ROOM
    ) -> tuple[str, ...]:
        """What each cue of the sentence of that number shows of a rendering, as it is printed."""
        shown = printed(rendering, self._profile)
        shares = self.of(number, no_room)
        return split_translation(shown.text, shares, self._profile, shown.alignment)

    def crowded(self, number: int, parts: Sequence[str]) -> int:
        """How many cues of the sentence of that number have no room for their parts of it."""
        return sum(
            line_width(part, self._profile.counting) > share.capacity
            for part, share in zip(parts, self.of(number), strict=True)
        )


def cue_widths(cues: Sequence[Cue], profile: StyleProfile, picture: Picture) -> Mapping[str, float]:
    """How wide a text each cue can show: by its rows, and by the time until the next cue.

    A cue may stay on the screen into the silence after it, as the timing pass lets it.
    """
    rows = profile.max_lines * profile.max_chars_per_line * _USABLE_WIDTH
    gap = min_gap_ms(profile, picture.frame_rate)
    widths: dict[str, float] = {}
    for cue, following in zip_longest(cues, cues[1:]):
        end_ms = cue.span.end_ms + profile.max_linger_ms
        if following is not None:
            end_ms = max(cue.span.end_ms, min(end_ms, following.span.start_ms - gap))
        shown_ms = min(end_ms - cue.span.start_ms, profile.max_duration_ms)
        widths[cue.cue_id] = min(rows, shown_ms * profile.max_chars_per_second / MS_PER_SECOND)
    return widths


def _owners_of(sentences: Iterable[Sentence]) -> Mapping[str, int]:
    """For each cue, the number of the sentence that has the greatest part of it."""
    greatest: dict[str, tuple[int, int]] = {}
    for number, sentence in enumerate(sentences):
        for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True):
            if cue_id not in greatest or length > greatest[cue_id][0]:
                greatest[cue_id] = (length, number)
    return {cue_id: number for cue_id, (_, number) in greatest.items()}


def _lengths_of(sentences: Iterable[Sentence]) -> Mapping[str, int]:
    """For each cue, the characters of all sentences in it."""
    lengths: Counter[str] = Counter()
    for sentence in sentences:
        lengths.update(dict(zip(sentence.cue_ids, sentence.cue_lengths, strict=True)))
    return lengths


def _shares(
    sentence: Sentence,
    owned: Iterable[bool],
    widths: Mapping[str, float],
    lengths: Mapping[str, int],
) -> tuple[CueShare, ...]:
    ends = accumulate(sentence.cue_lengths)
    parts = zip(sentence.cue_ids, sentence.cue_lengths, ends, owned, strict=True)
    return tuple(
        CueShare(
            source_chars=length,
            # Sentences that share a cue have room by their shares of the words said there.
            capacity=widths[cue_id] * length / lengths[cue_id],
            is_owner=is_owner,
            ends_with_mark=sentence.text[:end].rstrip()[-1:] in _CLOSING_MARKS,
        )
        for cue_id, length, end, is_owner in parts
    )


def printed(rendering: Rendering, profile: StyleProfile) -> Rendering:
    """The rendering in the print of its language, its alignment moved along."""
    text = clean_text(set_text(rendering.text, profile))
    if not rendering.alignment:
        return Rendering(text=text, score=rendering.score)
    ends = max(link.source[1] for link in rendering.alignment)
    there = places(rendering.text, text)
    links = carried(rendering.alignment, range(ends + 1), there)
    return Rendering(text=text, score=rendering.score, alignment=tuple(links))

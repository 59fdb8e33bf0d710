"""How much text the cues of a sentence have room for, and how much of a rendering has none."""

from collections.abc import Mapping, Sequence

from subtitles.counting import line_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.style.profile import StyleProfile
from translate.projection.shares import cue_widths, printed, shares_of
from translate.projection.splitting import split_translation
from translate.sentencing.markup import plain_cue
from translate.translator import Rendering, Sentence


class Rooms:
    """The room in each cue of a track, by rows and by reading speed.

    A cue may stay on the screen into the silence after it, as the timing pass lets it. Where
    sentences share a cue, each has room by its share of the words said there.
    """

    def __init__(self, cues: Sequence[Cue], profile: StyleProfile, picture: Picture) -> None:
        self._profile = profile
        self._widths = cue_widths(cues, profile, picture)
        self._lengths = {
            cue.cue_id: max(1, len(" ".join(plain_cue(cue.lines).lines))) for cue in cues
        }

    def overflow(self, sentence: Sentence, rendering: Rendering) -> float:
        """How many columns of a rendering, spread over its cues, they have no room for."""
        room: Mapping[str, float] = {
            cue_id: self._widths[cue_id] * min(1.0, length / self._lengths[cue_id])
            for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True)
        }
        shares = shares_of(sentence, 0, dict.fromkeys(room, 0), room)
        shown = printed(rendering, self._profile)
        parts = split_translation(shown.text, shares, self._profile, shown.alignment)
        return sum(
            max(0.0, line_width(part, self._profile.counting) - room[cue_id])
            for cue_id, part in zip(sentence.cue_ids, parts, strict=True)
        )

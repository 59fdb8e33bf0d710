"""Cues that are far too long to be cues: not translated, so that everything else can be.

They come of files that lost their blank lines, and of people who try what happens. Their
translation would fill the screen many times over, cost as much as a scene, and be refused by
readers of files, ours among them (`subtitles.formats.blocks`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.rules import RULES
from subtitles.style.profile import StyleProfile
from translate.projection.projection import CONTINUATION
from translate.sentencing.markup import plain_cue

MAX_CUE_CHARS = 500
"""Of a source cue, without tags: six full screens of two rows. Renderings are bounded by their
sources (`translate.choosing.asking`), so that no cue made of one such cue, nor of the ends of
two long sentences besides, goes beyond the 10,000 characters that are read again."""

_RULE = "too-long-to-translate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A track without overlong cues.

    Attributes:
        track: The track, with a placeholder for the text of each of them.
        overlong: Their ids, and how many characters they have.
    """

    track: CueTrack
    overlong: Mapping[str, int]


def bounded(track: CueTrack) -> Bounded:
    """The track with nothing in it that is too long to translate."""
    suspects = (cue for cue in track.cues if len(cue.text) > MAX_CUE_CHARS)
    lengths = {cue.cue_id: len(" ".join(plain_cue(cue.lines).lines)) for cue in suspects}
    overlong = {name: length for name, length in lengths.items() if length > MAX_CUE_CHARS}
    if not overlong:
        return Bounded(track=track, overlong={})
    cues = tuple(
        replace(cue, lines=(CONTINUATION,)) if cue.cue_id in overlong else cue for cue in track.cues
    )
    return Bounded(track=replace(track, cues=cues), overlong=overlong)


def overlong_findings(
    overlong: Mapping[str, int], shown_in: Mapping[str, str], profile: StyleProfile
) -> Iterator[Finding]:
    """An error on each of the cues that show a placeholder, so that nobody approves them so.

    Args:
        overlong: Source cues and their characters.
        shown_in: For each source cue, the target cue that renders it.
        profile: Says how a rule counts.
    """
    rule = RULES[_RULE]
    severity = profile.severity(_RULE, rule.severity)
    for name, length in overlong.items():
        if severity is not None:
            yield Finding(
                rule=_RULE,
                severity=severity,
                cue_id=shown_in[name],
                measured=length,
                limit=MAX_CUE_CHARS,
                unit=rule.unit,
                source="translate.overlong: our own limit",
            )

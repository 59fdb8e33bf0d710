"""A style profile made ready for checking many cues."""

from collections.abc import Collection, Iterator

import regex

from subtitles.findings import Finding
from subtitles.picture import Picture
from subtitles.rules import RULES
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import FALLBACK_FRAME_RATE, StyleProfile
from subtitles.timing.cuts import Cuts
from subtitles.timing.grid import Grid

HOUSE_RULE = "house rule"
"""The source of what no style profile has a value for."""


class Standard:
    """What cues are measured by: a profile on the grid of a picture.

    Attributes:
        profile: The limits.
        picture: Frame grid, cuts and end of the title.
        grid: The instants a cue may start or end at.
        cuts: The shot changes on that grid.
        frame_ms: One frame, a 24th of a second without a frame rate.
        tick_ms: One step of the grid: a frame, or a millisecond.
        listed: Matches any word of the list of words to look at; None without a list.
    """

    __slots__ = (
        "_severities",
        "_sources",
        "cuts",
        "frame_ms",
        "grid",
        "listed",
        "picture",
        "profile",
        "tick_ms",
    )

    def __init__(
        self, profile: StyleProfile, picture: Picture, *, listed: Collection[str] = ()
    ) -> None:
        self.profile, self.picture = profile, picture
        self.grid = Grid(profile, picture.frame_rate)
        self.cuts = Cuts(picture.shot_changes_ms, self.grid)
        self.frame_ms = float(MS_PER_SECOND / (picture.frame_rate or FALLBACK_FRAME_RATE))
        self.tick_ms = self.frame_ms if picture.frame_rate else 1.0
        self.listed = _any_of(listed, unspaced=profile.breaks_anywhere)
        self._sources: dict[str, str] = {"": HOUSE_RULE}
        self._severities = {
            rule_id: profile.severity(rule_id, rule.severity) for rule_id, rule in RULES.items()
        }

    def found(
        self, rule_id: str, cue_id: str, measured: float, limit: float = 0, value: str = ""
    ) -> Iterator[Finding]:
        """The finding, unless the profile has the rule switched off.

        Args:
            rule_id: Of `RULES`.
            cue_id: The cue; empty for the track.
            measured: In the rule's unit.
            limit: In the rule's unit.
            value: Name of the profile's value that is the limit; empty for a house rule.
        """
        severity = self._severities[rule_id]
        if severity is not None:
            yield Finding(
                rule=rule_id,
                severity=severity,
                cue_id=cue_id,
                measured=round(float(measured), 2),
                limit=limit,
                unit=RULES[rule_id].unit,
                source=self._source(value),
            )

    def _source(self, value: str) -> str:
        if value not in self._sources:
            self._sources[value] = self.profile.source(value)
        return self._sources[value]

    def frames(self, length_ms: int) -> int:
        """A length in frames, to the nearest."""
        return round(length_ms / self.frame_ms)


def _any_of(words: Collection[str], *, unspaced: bool) -> "regex.Pattern[str] | None":
    """Any of the words, whole where words have spaces between them; case does not matter."""
    listed = sorted({word.strip() for word in words} - {""}, key=len, reverse=True)
    if not listed:
        return None
    alternatives = "|".join(regex.escape(word, literal_spaces=True) for word in listed)
    pattern = f"(?:{alternatives})" if unspaced else rf"(?<!\w)(?:{alternatives})(?!\w)"
    return regex.compile(pattern, regex.IGNORECASE | regex.FULLCASE)

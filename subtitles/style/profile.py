"""Style profiles: the limits of one language, audience and kind, as dated data with sources."""

import hashlib
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Any, Literal, cast

from subtitles.counting import CountingRule
from subtitles.findings import Severity
from subtitles.language import LanguageTag
from subtitles.span import MS_PER_SECOND
from subtitles.style.layers import layered
from subtitles.style.terms import (
    Audience,
    DashStyle,
    InvalidProfileError,
    Kind,
    Typography,
    UnknownStyleError,
    UnservedStyleError,
)
from subtitles.style.values import SEVERITY, SPEED, STYLE, TYPOGRAPHY, WORDS

__all__ = [
    "FALLBACK_FRAME_RATE",
    "Audience",
    "DashStyle",
    "InvalidProfileError",
    "Kind",
    "StyleProfile",
    "Typography",
    "UnknownStyleError",
    "UnservedStyleError",
    "load_profile",
    "min_gap_ms",
]

FALLBACK_FRAME_RATE = Fraction(24)
"""What a title without video is timed for: the rate the published timing rules are stated at."""

# What says where a value comes from, not what it is: never part of the revision.
_PROVENANCE = frozenset({"checked_on", "advisory_values", "sources"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleProfile:
    """Limits for one language × audience × kind; every limit is the last value still allowed.

    Attributes:
        profile_id: Language file, audience and kind, with a client before them:
            ``pt-BR/adult/subtitle``, ``ted+pt-BR/adult/subtitle``.
        language: The language asked for; its file may be a broader one, or ``base``.
        audience: Who reads.
        kind: Translation subtitles, SDH (for deaf and hard-of-hearing viewers) or a template.
        checked_on: When the files were last compared with their sources; of several, the oldest.
        max_lines: Rows in a cue.
        max_chars_per_line: Width of a row, counted by ``counting``.
        max_chars_per_second: Reading speed, counted by ``counting``.
        min_duration_ms: Shortest cue.
        max_duration_ms: Longest cue.
        min_gap_frames: Smallest gap between cues; 0 where they may touch.
        min_open_gap_ms: A gap between the smallest one and this is closed.
        linger_ms: How long a cue stays after its last word when nothing follows.
        max_linger_ms: How long it may stay for the sake of reading speed.
        counting: How wide a character is.
        breaks_anywhere: The script has no spaces between words.
        typography: How dashes, quotation marks and the like are printed.
        max_words_per_minute: Reading speed of a house that counts words; 0 for one that does not.
        client: Whose house style it is (a file of ``profiles/clients``); empty for none.
        never_break_after: Lower-case words that do not end a row or a cue.
        break_before: Lower-case words that a row or cue likes to start with.
        never_break_before: Lower-case words that do not start a row or a cue (postpositions).
        abbreviations: Lower-case words whose full stop ends no sentence.
        severities: (rule, how its findings count here, or "off"); see `severity`.
        sources: (name of a value, where it comes from); the name ``*`` stands for the rest.
        advisory_values: Names of values that no published guide for this language was seen to say.
    """

    profile_id: str
    language: LanguageTag
    audience: Audience
    kind: Kind
    checked_on: date
    max_lines: int
    max_chars_per_line: int
    max_chars_per_second: float
    min_duration_ms: int
    max_duration_ms: int
    min_gap_frames: int
    min_open_gap_ms: int
    linger_ms: int
    max_linger_ms: int
    counting: CountingRule
    breaks_anywhere: bool
    typography: Typography
    max_words_per_minute: int = 0
    client: str = ""
    never_break_after: frozenset[str] = field(default=frozenset(), repr=False)
    break_before: frozenset[str] = field(default=frozenset(), repr=False)
    never_break_before: frozenset[str] = field(default=frozenset(), repr=False)
    abbreviations: frozenset[str] = field(default=frozenset(), repr=False)
    severities: tuple[tuple[str, Severity | Literal["off"]], ...] = field(default=(), repr=False)
    sources: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    advisory_values: frozenset[str] = field(default=frozenset(), repr=False)

    def __post_init__(self) -> None:
        for name in ("max_lines", "max_chars_per_line", "max_chars_per_second", "min_duration_ms"):
            if not getattr(self, name) > 0:
                raise InvalidProfileError(self.profile_id, f"{name} is not above 0", (name,))
        if self.min_gap_frames < 0:
            raise InvalidProfileError(
                self.profile_id, "min_gap_frames is below 0", ("min_gap_frames",)
            )
        for least, most in (
            ("min_duration_ms", "max_duration_ms"),
            ("linger_ms", "max_linger_ms"),
        ):
            low, high = getattr(self, least), getattr(self, most)
            if not 0 <= low <= high:
                what = f"{least} {low} does not lie in 0…{most} {high}"
                raise InvalidProfileError(self.profile_id, what, (least, most))

    @property
    def advisory(self) -> bool:
        """No published guide for this very language stands behind its width or reading speed."""
        return bool({"max_chars_per_line", SPEED} & self.advisory_values)

    @property
    def revision(self) -> str:
        """Digest of every value that can change a result (16 hex digits), for cache keys."""
        values = []
        for one in fields(self):
            if one.name in _PROVENANCE:
                continue
            value = getattr(self, one.name)
            values.append((one.name, sorted(value) if isinstance(value, frozenset) else str(value)))
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]

    def severity(self, rule_id: str, default: Severity) -> Severity | None:
        """How a finding of that rule counts in this style; None when the rule is off."""
        chosen = dict(self.severities).get(rule_id, default)
        return None if chosen == "off" else chosen

    def source(self, name: str) -> str:
        """Where the value of that name comes from, one of `typography` included."""
        sources = dict(self.sources)
        return sources.get(name) or sources["*"]

    def is_advisory(self, name: str) -> bool:
        """Whether no published guide for this language was seen to say that value."""
        return name in self.advisory_values


def load_profile(
    language: LanguageTag,
    *,
    audience: Audience = "adult",
    kind: Kind = "subtitle",
    client: str = "",
) -> StyleProfile:
    """The profile of a language; any language has one, see `StyleProfile.advisory`.

    ``pt-BR`` reads the files ``base``, ``pt`` and ``pt-BR``, then the client's; a later file
    overrides an earlier one. A changed file counts at the next call.

    Raises:
        UnknownStyleError: for an audience, kind or client outside the known ones.
        UnservedStyleError: the client's style is not meant for that language or kind.
        InvalidProfileError: a file cannot be used, or its values contradict each other.
    """
    file, source, found = layered(language, audience=audience, kind=kind, client=client)
    printed = {name: found[name].value for name in TYPOGRAPHY}
    values = {name: found[name].value for name in (*STYLE, *WORDS, SPEED)}
    house = f"{client}+" if client else ""
    try:
        return StyleProfile(
            profile_id=f"{house}{file}/{audience}/{kind}",
            language=language,
            audience=audience,
            kind=kind,
            client=client,
            checked_on=min(one.checked_on for one in found.values()),
            typography=Typography(**cast("dict[str, Any]", printed)),
            severities=tuple(
                (name.partition(":")[2], cast("Severity | Literal['off']", one.value))
                for name, one in found.items()
                if name.startswith(f"{SEVERITY}:")
            ),
            sources=(("*", source), *((name, one.source) for name, one in found.items())),
            advisory_values=frozenset(name for name, one in found.items() if one.advisory),
            **cast("dict[str, Any]", values),
        )
    except InvalidProfileError as error:
        stated = ", ".join(f"{name} in {found[name].file}" for name in error.names)
        raise InvalidProfileError(error.where, f"{error.what} ({stated})") from error


def min_gap_ms(profile: StyleProfile, frame_rate: Fraction | None) -> int:
    """The smallest gap in milliseconds, 83 for two frames at 24/s; None assumes 24/s.

    Rounded down: two frames of 29.97/s are 66 or 67 ms once their ends are whole milliseconds.
    """
    rate = frame_rate or FALLBACK_FRAME_RATE
    return int(profile.min_gap_frames * MS_PER_SECOND / rate)

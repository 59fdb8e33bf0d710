"""Style profiles: the limits of one language, audience and kind, as dated data with sources."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from importlib.resources import files
from typing import Any, Literal, get_args

import langcodes

from subtitles.counting import CountingRule
from subtitles.errors import PolycueError
from subtitles.findings import Severity
from subtitles.language import LanguageTag
from subtitles.span import MS_PER_SECOND

Audience = Literal["adult", "children"]
Kind = Literal["subtitle", "sdh", "template"]

FALLBACK_FRAME_RATE = Fraction(24)
"""What a title without video is timed for: the rate the published timing rules are stated at."""

# What says where a value comes from, not what it is: never part of the revision.
_PROVENANCE = frozenset({"checked_on", "advisory", "sources"})


class UnknownStyleError(PolycueError, ValueError):
    """An audience or kind that no profile knows."""

    def __init__(self, what: str, value: str, known: tuple[str, ...]) -> None:
        super().__init__(what, value, known)
        self.what, self.value, self.known = what, value, known

    def __str__(self) -> str:
        return f"unknown {self.what} {self.value[:40]!r}: use one of {', '.join(self.known)}"


class InvalidProfileError(PolycueError, ValueError):
    """A profile whose values contradict each other."""

    def __init__(self, profile_id: str, what: str) -> None:
        super().__init__(profile_id, what)
        self.profile_id, self.what = profile_id, what

    def __str__(self) -> str:
        return f"style profile {self.profile_id}: {self.what}; correct its TOML file"


class DashStyle(StrEnum):
    """How two speakers in one cue are told apart; one speaker a row."""

    SPACED_BOTH = "A"  # "- " on both rows
    BOTH = "B"  # "-" on both rows
    SECOND = "C"  # "-" on the second row only
    SPACED_SECOND = "D"  # "- " on the second row only


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """How a language prints what every subtitle has.

    Attributes:
        dash: Of two speakers in one cue.
        continuation: A sentence split over cues: 0 nothing, but "…" at the end of the first before
            a pause; 1 as 0, and "…" at the start of the second too; 2 both at every split.
        quotes: Opening and closing mark, then those of a quotation inside a quotation.
        italics: Whether the script is set in italics at all.
        space_before: Marks that a no-break space goes before.
        inverted_marks: Whether questions and exclamations open with ¿ and ¡.
        interruption: What a sentence that is cut off ends with.
        sound_brackets: Opening and closing bracket of SDH labels.
        words_up_to: Numbers up to this are written in words; 0 for none.
        narrative: Forced narratives in "caps", "quotes", "parentheses" or as a "sentence".
        latin_letters: Whether Latin letters may stand in the text.
        mixed_marks: Whether ``?!`` may end a sentence.
    """

    dash: DashStyle
    continuation: Literal[0, 1, 2]
    quotes: tuple[str, str, str, str]
    italics: bool
    space_before: str
    inverted_marks: bool
    interruption: str
    sound_brackets: tuple[str, str]
    words_up_to: int
    narrative: Literal["caps", "quotes", "parentheses", "sentence"]
    latin_letters: bool
    mixed_marks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleProfile:
    """Limits for one language × audience × kind; every limit is the last value still allowed.

    Attributes:
        profile_id: The file the limits come from, audience and kind: ``pt-BR/adult/subtitle``.
        language: The language asked for; its file may be a broader one, or ``base``.
        audience: Who reads.
        kind: Translation subtitles, SDH (for deaf and hard-of-hearing viewers) or a template.
        checked_on: When the values were last compared with their sources.
        advisory: No published guide for this very language stands behind the values.
        max_lines: Rows in a cue.
        max_chars_per_line: Width of a row, counted by ``counting``.
        max_chars_per_second: Reading speed, counted by ``counting``.
        min_duration_ms: Shortest cue.
        max_duration_ms: Longest cue.
        min_gap_frames: Smallest gap between cues.
        min_open_gap_ms: A gap between the smallest one and this is closed.
        linger_ms: How long a cue stays after its last word when nothing follows.
        max_linger_ms: How long it may stay for the sake of reading speed.
        counting: How wide a character is.
        breaks_anywhere: The script has no spaces between words.
        typography: How dashes, quotation marks and the like are printed.
        client: Whose house style it is (a file of ``profiles/clients``); empty for none.
        never_break_after: Lower-case words that do not end a row or a cue.
        break_before: Lower-case words that a row or cue likes to start with.
        never_break_before: Lower-case words that do not start a row or a cue (postpositions).
        abbreviations: Lower-case words whose full stop ends no sentence.
        severities: (rule, how its findings count here, or "off"); see `severity`.
        sources: (name of a value, where it comes from); the name ``*`` stands for the rest.
    """

    profile_id: str
    language: LanguageTag
    audience: Audience
    kind: Kind
    checked_on: date
    advisory: bool
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
    client: str = ""
    never_break_after: frozenset[str] = field(default=frozenset(), repr=False)
    break_before: frozenset[str] = field(default=frozenset(), repr=False)
    never_break_before: frozenset[str] = field(default=frozenset(), repr=False)
    abbreviations: frozenset[str] = field(default=frozenset(), repr=False)
    severities: tuple[tuple[str, Severity | Literal["off"]], ...] = field(default=(), repr=False)
    sources: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        smallest = (
            *(self.max_lines, self.max_chars_per_line, self.max_chars_per_second),
            *(self.min_duration_ms, self.min_gap_frames),
        )
        if min(smallest) <= 0:
            raise InvalidProfileError(self.profile_id, "a limit is zero or less")
        if self.max_duration_ms < self.min_duration_ms:
            raise InvalidProfileError(self.profile_id, "the longest cue is shorter than the least")
        if not 0 <= self.linger_ms <= self.max_linger_ms:
            raise InvalidProfileError(self.profile_id, "linger_ms lies outside 0…max_linger_ms")

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
        """Where the value of that name comes from."""
        sources = dict(self.sources)
        return sources.get(f"{name}:{self.kind}") or sources.get(name) or sources["*"]


def load_profile(
    language: LanguageTag, *, audience: Audience = "adult", kind: Kind = "subtitle"
) -> StyleProfile:
    """The profile of a language; any language has one, see `StyleProfile.advisory`.

    ``pt-BR`` reads ``base``, ``pt`` and ``pt-BR``; a later file overrides an earlier one. Files are
    read at every call (about a millisecond): keep the profile rather than ask again in a loop.

    Raises:
        UnknownStyleError: for an audience or kind outside the two lists.
    """
    if audience not in get_args(Audience):
        raise UnknownStyleError("audience", audience, get_args(Audience))
    if kind not in get_args(Kind):
        raise UnknownStyleError("kind of subtitle", kind, get_args(Kind))
    style: dict[str, Any] = {}
    typography: dict[str, Any] = {}
    words: dict[str, list[str]] = {}
    speeds: dict[str, dict[str, float]] = {}
    sources: dict[str, str] = {}
    for name, table in _tables(language):
        style |= table.get("style", {}) | {key: table[key] for key in ("checked_on", "advisory")}
        style["profile_id"] = f"{name}/{audience}/{kind}"
        typography |= table.get("typography", {})
        words |= table.get("words", {})
        speeds |= table.get("chars_per_second", {})
        sources |= {"*": table["source"], **table.get("sources", {})}
    style |= {name: frozenset(listed) for name, listed in words.items()}
    return StyleProfile(
        language=language,
        audience=audience,
        kind=kind,
        max_chars_per_second=speeds[kind][audience],
        counting=CountingRule(style.pop("counting")),
        typography=_typography(typography),
        sources=tuple(sorted(sources.items())),
        **style,
    )


def _typography(values: dict[str, Any]) -> Typography:
    listed = {name: tuple(values[name]) for name in ("quotes", "sound_brackets")}
    return Typography(**(values | listed | {"dash": DashStyle(values["dash"])}))


def _tables(language: LanguageTag) -> Iterator[tuple[str, dict[str, Any]]]:
    """Files from the broadest to the narrowest: base, language, language and region."""
    folder = files("subtitles.profiles")
    parsed = langcodes.Language.get(language)
    narrower = [str(parsed.language)]
    if parsed.script:
        narrower.append(f"{parsed.language}-{parsed.script}")
    if parsed.territory:
        narrower.append(f"{parsed.language}-{parsed.territory}")
    for name in ("base", *narrower):
        path = folder / f"{name}.toml"
        if path.is_file():
            yield name, tomllib.loads(path.read_text("utf-8"))


def min_gap_ms(profile: StyleProfile, frame_rate: Fraction | None) -> int:
    """The smallest gap in milliseconds, 83 for two frames at 24/s; None assumes 24/s.

    Rounded down: two frames of 29.97/s are 66 or 67 ms once their ends are whole milliseconds.
    """
    rate = frame_rate or FALLBACK_FRAME_RATE
    return int(profile.min_gap_frames * MS_PER_SECOND / rate)

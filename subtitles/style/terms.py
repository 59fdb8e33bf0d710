"""The terms of style profiles: audience, kind, typography, and how a style is refused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from subtitles.errors import PolycueError

Audience = Literal["adult", "children"]
Kind = Literal["subtitle", "sdh", "template"]
Narrative = Literal["caps", "quotes", "parentheses", "sentence"]


class UnknownStyleError(PolycueError, ValueError):
    """An audience, kind or client that no profile knows."""

    def __init__(self, what: str, value: str, known: tuple[str, ...]) -> None:
        super().__init__(what, value, known)
        self.what, self.value, self.known = what, value, known

    def __str__(self) -> str:
        return f"unknown {self.what} {self.value[:40]!r}: use one of {', '.join(self.known)}"


class UnservedStyleError(PolycueError, ValueError):
    """A client whose house style is not meant for that language or kind."""

    def __init__(self, client: str, value: str, served: str) -> None:
        super().__init__(client, value, served)
        self.client, self.value, self.served = client, value, served

    def __str__(self) -> str:
        return (
            f"client {self.client} has no style for {self.value[:40]}: it serves {self.served}; "
            "leave --client out, or choose another one"
        )


class InvalidProfileError(PolycueError, ValueError):
    """A profile file that says what it must not, or values that contradict each other."""

    def __init__(self, where: str, what: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(where, what, names)
        self.where, self.what, self.names = where, what, names

    def __str__(self) -> str:
        return f"style profile {self.where}: {self.what}; correct its TOML file"


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
    narrative: Narrative
    latin_letters: bool
    mixed_marks: bool

"""One word of the show, and how it is to be rendered."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from subtitles.errors import PolycueError
from subtitles.language import LanguageTag, base_language
from subtitles.plain_text import clean_text

MAX_TERM_CHARS = 120
"""Of a term and of each of its renderings: three rows of a subtitle."""

MAX_NOTE_CHARS = 1_000
"""Of a note and of an owner."""

MAX_FORMS = 40
"""Renderings of one term in one language: a noun of a Slavic language has up to fourteen forms."""


class TermKind(StrEnum):
    """What a term is.

    NAME: of a person, place or thing; without a rendering it is only listened for.
    TERM: a word that has one translation in this show.
    DO_NOT_TRANSLATE: stays letter for letter; has no renderings.
    TITLE: of a work or an episode; rendered as it was published.
    """

    NAME = "name"
    TERM = "term"
    DO_NOT_TRANSLATE = "do-not-translate"
    TITLE = "title"


class TermStatus(StrEnum):
    """Whether a term holds: only an approved one is enforced and verified.

    PROPOSED: somebody thinks so; it is listened for.
    APPROVED: it holds.
    REJECTED: it was thought of and is not wanted; kept, so that nobody proposes it again.
    """

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class CaseRule(StrEnum):
    """How capitals and small letters count.

    ANY: found however it is written; rendered as written here, with a capital where a sentence
        begins.
    KEEP: found as it is written here, or in capitals throughout; rendered as it is written here.
    UPPER: found however it is written; rendered in capitals.
    LOWER: found however it is written; rendered in small letters, also where a sentence begins.
    """

    ANY = "any"
    KEEP = "keep"
    UPPER = "upper"
    LOWER = "lower"


class InvalidTermError(PolycueError, ValueError):
    """A term that cannot be."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__(text, what)
        self.text, self.what = text, what

    def __str__(self) -> str:
        return f"the term {self.text[:MAX_TERM_CHARS]!r}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a term is rendered in one language.

    Attributes:
        language: Into which.
        forms: The preferred one first; the others are allowed, such as its plural.
    """

    language: LanguageTag
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the show; of one language and spelling there is one term.

    Attributes:
        text: As it is written in its own language.
        language: In which it is said.
        kind: What it is.
        case: How capitals count; `usual_case` of its kind unless somebody said otherwise.
        status: Whether it holds.
        wordings: How it is rendered, by language, each language once, in the order of the tags.
        owner: Who decides about it; may be empty.
        note: For people; may be empty.
    """

    text: str
    language: LanguageTag
    kind: TermKind = TermKind.TERM
    case: CaseRule = CaseRule.ANY
    status: TermStatus = TermStatus.APPROVED
    wordings: tuple[Wording, ...] = ()
    owner: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _require_text(self.text, self.text)
        for name, text in (("owner", self.owner), ("note", self.note)):
            if len(text) > MAX_NOTE_CHARS or clean_text(text) != text:
                raise InvalidTermError(
                    self.text, f"its {name} is not one row of up to {MAX_NOTE_CHARS} characters"
                )
        if self.wordings and self.kind is TermKind.DO_NOT_TRANSLATE:
            raise InvalidTermError(self.text, "is not to be translated, and has a translation")
        tags = [wording.language for wording in self.wordings]
        if tags != sorted(set(tags)) or self.language in tags:
            raise InvalidTermError(self.text, "has a language twice, or out of order")
        for wording in self.wordings:
            _require_forms(self.text, wording)

    @property
    def term_id(self) -> str:
        """Derived from language and text: the same term has it in every glossary."""
        return hashlib.sha256(f"{self.language}\x1f{self.text}".encode()).hexdigest()[:16]

    def forms_in(self, target: LanguageTag) -> tuple[str, ...]:
        """How it may stand in a text of that language, the preferred way first; often nothing.

        A term that is not to be translated stands as it is. A variety of a language without a
        rendering of its own has the language's: ``pt-BR`` that of ``pt``, never that of ``pt-PT``.
        """
        if self.kind is TermKind.DO_NOT_TRANSLATE:
            return (self.text,)
        by_language = {wording.language: wording.forms for wording in self.wordings}
        return by_language.get(target) or by_language.get(LanguageTag(base_language(target)), ())


def usual_case(kind: TermKind) -> CaseRule:
    """How capitals count where nobody said: a word may stand anywhere, a name is written so."""
    return CaseRule.ANY if kind is TermKind.TERM else CaseRule.KEEP


def _require_forms(text: str, wording: Wording) -> None:
    if not 0 < len(wording.forms) <= MAX_FORMS or len(set(wording.forms)) < len(wording.forms):
        what = f"needs 1 to {MAX_FORMS} different renderings in {wording.language}"
        raise InvalidTermError(text, what)
    for form in wording.forms:
        _require_text(text, form)


def _require_text(term: str, text: str) -> None:
    if clean_text(text) != text or len(text) > MAX_TERM_CHARS:
        what = f"{text[:MAX_TERM_CHARS]!r} is not one row of up to {MAX_TERM_CHARS} characters"
        raise InvalidTermError(term, what)
    if not any(character.isalnum() for character in text):
        raise InvalidTermError(term, f"{text!r} has neither a letter nor a figure")

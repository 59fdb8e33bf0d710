"""Terms out of a TermBase eXchange file: TBX version 3, both its styles, and TBX-Basic before it.

In every style a concept has languages and a language has terms; they differ in names alone: DCA
writes ``<termNote type="partOfSpeech">``, DCT ``<min:partOfSpeech>``, version 2 ``<termEntry>`` and
``<langSet>``. What a file says and a glossary does not hold (definitions, contexts, sources) is
passed over.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.xml_tree import LINE, parse_xml
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language, same_language
from subtitles.plain_text import clean_text
from translate.glossary.faults import Fault, FoundEntries, FoundEntry
from translate.glossary.glossary import MAX_TERMS
from translate.glossary.terms import (
    CaseRule,
    InvalidTermError,
    Term,
    TermKind,
    TermStatus,
    Wording,
    usual_case,
)

NAME = "TBX"
CASE_NOTE = "case: "
"""Begins the note in which the case rule stands, for which TBX has no place of its own."""

MAX_ELEMENTS = 40 * MAX_TERMS

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOTS = frozenset({"tbx", "martif", "TBX"})
_CONCEPTS = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERM_SECTIONS = frozenset({"termSec", "tig", "ntig"})
_PROPER_NOUN = re.compile(r"proper\s?noun", re.IGNORECASE)
_NOT_ALLOWED = ("deprecated", "superseded")


def decode_tbx(text: str, language: LanguageTag | None = None) -> FoundEntries:
    """Every term of the source language with its translations, and what is wrong in the file.

    The source language is the one named, else the file's own (``xml:lang`` of its root), in each
    concept in whatever region; if neither is there, the one that stands first in each concept.
    Several terms of a concept in the source language are terms with the same translations;
    deprecated and superseded translations are left out.

    Args:
        text: The file. Document types, and so entities of any kind, are refused.
        language: Of the terms.
    """
    try:
        root = parse_xml(text, NAME, max_elements=MAX_ELEMENTS)
    except MalformedSubtitleError as error:
        return FoundEntries(faults=(Fault(error.line, "", error.why),))
    if _local(root) not in _ROOTS:
        why = f"<{_local(root)[:40]}> is not the root of a TBX file"
        return FoundEntries(faults=(Fault(_line(root), "", why),))
    source = language or _tag(root)
    entries: list[FoundEntry] = []
    faults: list[Fault] = []
    for concept in (one for one in root.iter() if _local(one) in _CONCEPTS):
        try:
            entries += _terms(concept, source)
        except _ConceptError as error:
            faults.append(Fault(error.line, "", error.why))
        except (InvalidTermError, UnknownLanguageError) as error:
            faults.append(Fault(_line(concept), "", str(error)))
        if len(entries) > MAX_TERMS:
            faults.append(Fault(_line(concept), "", f"more than {MAX_TERMS} terms"))
            break
    return FoundEntries(entries=tuple(entries), faults=tuple(faults))


class _ConceptError(Exception):
    """A concept that says nothing; becomes a `Fault`."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line, self.why = line, why


@dataclass(frozen=True, slots=True)
class _Section:
    """One term of one language."""

    text: str
    line: int
    use: str
    is_name: bool


def _terms(concept: ET.Element, source: LanguageTag | None) -> Iterator[FoundEntry]:
    languages = [one for one in concept if _local(one) in _LANGUAGES]
    sections = {_required_tag(one): tuple(_sections(one)) for one in languages}
    if len(sections) < len(languages):
        raise _ConceptError(_line(concept), "has a language twice")
    own = _own_language(list(sections), source)
    if own is None or not sections[own]:
        raise _ConceptError(_line(concept), f"has no term in {source or 'any language'}")
    notes = [_text(one) for one in concept if _local(one) == "note"]
    case = _case(notes[-1]) if notes else None
    for section in sections[own]:
        kind = _kind(concept, section)
        term = Term(
            text=section.text,
            language=own,
            kind=kind,
            case=case or usual_case(kind),
            status=_status(section.use),
            wordings=tuple(_wordings(sections, own)),
            owner=_said(concept, "responsibility"),
            note=" ".join(notes[:-1] if case else notes),
        )
        yield FoundEntry(line=section.line, term=term)


def _own_language(languages: list[LanguageTag], source: LanguageTag | None) -> LanguageTag | None:
    """The source language as the concept has it: US English will do for English."""
    if source is None or source in languages:
        return source or next(iter(languages), None)
    return next((one for one in languages if same_language(one, source)), None)


def _wordings(
    sections: dict[LanguageTag, tuple[_Section, ...]], own: LanguageTag
) -> Iterator[Wording]:
    """The allowed renderings by language, the preferred ones first."""
    for language in sorted(set(sections) - {own}):
        allowed = [one for one in sections[language] if not one.use.startswith(_NOT_ALLOWED)]
        ranked = sorted(allowed, key=lambda one: not one.use.startswith("preferred"))
        if ranked:
            forms = tuple(dict.fromkeys(one.text for one in ranked))
            yield Wording(language=language, forms=forms)


def _sections(language: ET.Element) -> Iterator[_Section]:
    for section in (one for one in language.iter() if _local(one) in _TERM_SECTIONS):
        term = next((one for one in section.iter() if _local(one) == "term"), None)
        if term is None:
            raise _ConceptError(_line(section), "a term section has no term")
        yield _Section(
            text=_text(term),
            line=_line(term),
            use=_said(section, "administrativeStatus") or _said(section, "normativeAuthorization"),
            is_name=_PROPER_NOUN.fullmatch(_said(section, "partOfSpeech")) is not None,
        )


def _kind(concept: ET.Element, section: _Section) -> TermKind:
    """As its subject field has it, which is how we write it; else by its part of speech."""
    field = _said(concept, "subjectField").casefold()
    if field in set(TermKind):
        return TermKind(field)
    return TermKind.NAME if section.is_name else TermKind.TERM


def _case(note: str) -> CaseRule | None:
    rule = note.removeprefix(CASE_NOTE)
    return CaseRule(rule) if rule != note and rule in set(CaseRule) else None


def _status(use: str) -> TermStatus:
    if use.startswith(_NOT_ALLOWED):
        return TermStatus.REJECTED
    return TermStatus.PROPOSED if use.startswith("admitted") else TermStatus.APPROVED


def _said(element: ET.Element, category: str) -> str:
    """What an element's own parts say of a data category, in either style; empty for nothing."""
    for one in _own_parts(element):
        if category in {_local(one), one.get("type")}:
            return _text(one)
    return ""


def _own_parts(element: ET.Element) -> Iterator[ET.Element]:
    """All elements inside but those of its languages."""
    for one in element:
        if _local(one) not in _LANGUAGES:
            yield one
            yield from _own_parts(one)


def _required_tag(element: ET.Element) -> LanguageTag:
    tag = _tag(element)
    if tag is None:
        raise _ConceptError(_line(element), "a language section names no language")
    return tag


def _tag(element: ET.Element) -> LanguageTag | None:
    written = element.get(_LANGUAGE) or element.get("lang")
    return parse_language(written) if written else None


def _text(element: ET.Element) -> str:
    return clean_text("".join(element.itertext()))


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _line(element: ET.Element) -> int:
    return int(element.get(LINE, "1"))

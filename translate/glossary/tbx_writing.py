"""A glossary as TBX version 3, dialect TBX-Basic, style DCT.

Each term is a concept. Its kind is the subject field; that it is approved, proposed or rejected
shows as preferred, admitted or deprecated in its own language; of its renderings the first is
preferred and the others are admitted. The case rule, for which TBX has no place, is the last note.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from translate.glossary.faults import UnwritableGlossaryError
from translate.glossary.glossary import Glossary
from translate.glossary.tbx_reading import CASE_NOTE, NAME
from translate.glossary.terms import Term, TermStatus

_PREFERRED, _ADMITTED, _DEPRECATED = (
    f"{use}Term-admn-sts" for use in ("preferred", "admitted", "deprecated")
)
_USES = {
    TermStatus.APPROVED: _PREFERRED,
    TermStatus.PROPOSED: _ADMITTED,
    TermStatus.REJECTED: _DEPRECATED,
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<tbx style="dct" type="TBX-Basic" xml:lang={language} xmlns="urn:iso:std:iso:30042:ed-2" '
    'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">\n'
    "<tbxHeader><fileDesc><sourceDesc><p>Polycue</p></sourceDesc></fileDesc></tbxHeader>\n"
    "<text><body>\n"
)
_TAIL = "</body></text>\n</tbx>\n"


def encode_tbx(glossary: Glossary) -> str:
    """The glossary as TBX; `translate.glossary.tbx_reading.decode_tbx` gives it back.

    Raises:
        UnwritableGlossaryError: without terms, or with terms in several languages: a TBX file has
            one language of its own, by which the terms are told from their renderings.
    """
    languages = {term.language for term in glossary.terms}
    if len(languages) != 1:
        listed = ", ".join(sorted(languages))
        why = f"its terms are in several languages ({listed})" if listed else "it has no terms"
        raise UnwritableGlossaryError(NAME, why)
    head = _HEAD.format(language=quoteattr(languages.pop()))
    return head + "".join("".join(_concept(term)) for term in glossary.terms) + _TAIL


def _concept(term: Term) -> Iterator[str]:
    yield f'<conceptEntry id="c{term.term_id}">\n'
    yield f"<min:subjectField>{term.kind}</min:subjectField>\n"
    if term.owner:
        yield "<transacGrp><basic:transactionType>origination</basic:transactionType>"
        yield f"<basic:responsibility>{escape(term.owner)}</basic:responsibility></transacGrp>\n"
    if term.note:
        yield f"<note>{escape(term.note)}</note>\n"
    yield f"<note>{CASE_NOTE}{term.case}</note>\n"
    yield from _language(term.language, [(term.text, _USES[term.status])])
    for wording in term.wordings:
        uses = (_PREFERRED, *[_ADMITTED] * (len(wording.forms) - 1))
        yield from _language(wording.language, list(zip(wording.forms, uses, strict=True)))
    yield "</conceptEntry>\n"


def _language(language: str, sections: list[tuple[str, str]]) -> Iterator[str]:
    yield f"<langSec xml:lang={quoteattr(language)}>"
    for text, use in sections:
        yield f"<termSec><term>{escape(text)}</term>"
        yield f"<min:administrativeStatus>{use}</min:administrativeStatus></termSec>"
    yield "</langSec>\n"

"""Glossaries for tests: constructors with short names, and Hypothesis strategies."""

from hypothesis import strategies as st

from subtitles.language import parse_language
from subtitles.plain_text import clean_text
from translate.glossary.glossary import Glossary, glossary_of
from translate.glossary.terms import (
    MAX_TERM_CHARS,
    CaseRule,
    Term,
    TermKind,
    TermStatus,
    Wording,
    usual_case,
)


def term(text: str, kind: str = "term", *, tag: str = "en", **more: object) -> Term:
    """A term; renderings as ``pt_BR="one|two"``, anything else as the class has it."""
    forms = {name: more.pop(name) for name in list(more) if name not in Term.__slots__}
    return Term(
        text=text,
        language=parse_language(tag),
        kind=TermKind(kind),
        **{"case": usual_case(TermKind(kind)), "wordings": wordings(**forms), **more},
    )


def wordings(**forms: str) -> tuple[Wording, ...]:
    """Renderings by language, ``pt_BR="one|two"``."""
    return tuple(
        Wording(language=parse_language(name.replace("_", "-")), forms=tuple(some.split("|")))
        for name, some in sorted(forms.items())
    )


def glossary(*terms: Term) -> Glossary:
    """A glossary of terms in any order."""
    return glossary_of(terms)


EVIL = st.sampled_from(
    [
        *("=1+1", "'=1+1", "''@x", "＝a", "-2", "+3a", "@SUM(A1)", "a|b", "a\\|b", "b\\", "\\|\\9"),
        *(
            "<b>x</b>",
            "&amp;",
            "]]>x",
            '"q',
            "a,b;c\td",
            "case: keep",
            "'x",
            "｜a",
            "İ",
            "ß",
            "שלום",
        ),
        *("é", "e\u0301", "\u202ea\u202c", "ｱ", "\U0001f600a", "sep=;", "a\u00a0b"),
    ]
)
_TEXT = st.one_of(EVIL, st.text(max_size=30)).map(clean_text)
texts = _TEXT.filter(
    lambda text: any(map(str.isalnum, text)) and clean_text(text) == text
    and len(text) <= MAX_TERM_CHARS
)  # fmt: skip
notes = _TEXT.filter(lambda text: clean_text(text) == text)
_TAGS = st.sampled_from(["de", "es", "es-419", "pt-BR", "zh-Hant", "ar"]).map(parse_language)


@st.composite
def terms(draw: st.DrawFn, tag: str = "en") -> Term:
    """Any term of a language."""
    kind = draw(st.sampled_from(TermKind))
    languages = [] if kind is TermKind.DO_NOT_TRANSLATE else draw(st.lists(_TAGS, unique=True))
    return Term(
        text=draw(texts),
        language=parse_language(tag),
        kind=kind,
        case=draw(st.sampled_from(CaseRule)),
        status=draw(st.sampled_from(TermStatus)),
        wordings=tuple(
            Wording(
                language=language,
                forms=tuple(draw(st.lists(texts, min_size=1, max_size=3, unique=True))),
            )
            for language in sorted(languages)
        ),
        owner=draw(notes),
        note=draw(notes),
    )


def glossaries(*tags: str, min_size: int = 0) -> st.SearchStrategy[Glossary]:
    """Any glossary with terms of these languages."""
    one_of = st.one_of(*(terms(tag) for tag in tags))
    unique = st.lists(
        one_of, min_size=min_size, max_size=4, unique_by=lambda one: (one.language, one.text)
    )
    return unique.map(glossary_of)

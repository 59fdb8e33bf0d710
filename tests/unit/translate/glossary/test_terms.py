"""What a term is, what a glossary is, and how several become one."""

import pytest
from glossaries import glossaries, glossary, term, wordings
from hypothesis import given, settings

from subtitles.language import parse_language
from translate.glossary.glossary import layered
from translate.glossary.heard import heard_words
from translate.glossary.terms import CaseRule, InvalidTermError, TermStatus

PT, BR = parse_language("pt"), parse_language("pt-BR")


@pytest.mark.parametrize(
    "make",
    [
        lambda: term(" wand"),
        lambda: term("wa\nnd"),
        lambda: term("…!"),
        lambda: term("a" * 121),
        lambda: term("wand", es=""),
        lambda: term("wand", es="a|a"),
        lambda: term("wand", es="|".join(map(str, range(41)))),
        lambda: term("wand", en="stick"),
        lambda: term("wand", wordings=wordings(de="x") + wordings(ar="y")),
        lambda: term("HBO", "do-not-translate", es="HBO"),
        lambda: term("wand", note="two\nrows"),
        lambda: glossary(term("wand"), term("wand", "name")),
    ],
)
def test_a_term_that_cannot_be_is_refused(make):
    with pytest.raises(InvalidTermError):
        make()


def test_a_variety_has_its_own_rendering_or_its_languages():
    both = term("bus", pt="autocarro", pt_BR="ônibus")
    assert both.forms_in(BR) == ("ônibus",)
    assert both.forms_in(parse_language("pt-PT")) == ("autocarro",)
    assert term("bus", pt_PT="autocarro").forms_in(BR) == ()
    assert term("bus", pt_BR="ônibus").forms_in(PT) == ()
    assert term("HBO", "do-not-translate").forms_in(BR) == ("HBO",)


def test_a_series_comes_before_its_project():
    project = glossary(
        term("wand", es="varita", de="Stab", note="of the project"),
        term("Hollow", es="Hueco"),
        term("staff", es="bastón"),
    )
    series = glossary(
        term("wand", de="Zauberstab", status=TermStatus.PROPOSED),
        term("Hollow", "do-not-translate"),
        term("spell"),
    )
    assert layered(project, series) == glossary(
        term("wand", es="varita", de="Zauberstab", status=TermStatus.PROPOSED),
        term("Hollow", "do-not-translate"),
        term("staff", es="bastón"),
        term("spell"),
    )


@given(glossaries("en", "ja"), glossaries("en", "ja"))
@settings(max_examples=20)
def test_the_later_layer_holds_whole_and_equal_glossaries_have_equal_revisions(one, other):
    both = layered(one, other)
    assert layered(both, other) == both
    assert layered(both) == both
    assert (both == one) == (both.revision == one.revision)
    mine = {(term.language, term.text): term for term in other.terms}
    for found in both.terms:
        if (found.language, found.text) in mine:
            said = mine[found.language, found.text]
            assert set(said.wordings) <= set(found.wordings)
            assert (found.kind, found.case, found.status) == (said.kind, said.case, said.status)


def test_names_are_listened_for_first_and_rejected_words_not_at_all():
    words = glossary(
        term("Apples", "title"),
        term("wand"),
        term("Elinor", "name", status=TermStatus.PROPOSED),
        term("Margaret", "name"),
        term("Zed", "name", status=TermStatus.REJECTED),
        term("HBO", "do-not-translate", case=CaseRule.KEEP),
        term("魔法", tag="ja"),
    )
    english = heard_words(words, parse_language("en-GB"))
    assert english == ("Margaret", "Elinor", "HBO", "wand", "Apples")
    assert set(heard_words(words, None)) == {*english, "魔法"}

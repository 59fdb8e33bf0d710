"""Whether a translation has what was agreed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import profile

from subtitles.language import parse_language
from translate.glossary.agreed import AgreedTerm
from translate.glossary.missed import edited_cue_findings, said_in
from translate.glossary.terms import CaseRule
from translate.glossary.verifying import missed_terms, standing


def stands(form, text, tag="pt-BR", **how):
    agreed = AgreedTerm(said="x", forms=tuple(form.split("|")), **how)
    spans = standing(agreed, text, parse_language(tag))
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("tag", "form", "text", "shown"),
    [
        ("pt-BR", "varinha", "As varinhas", "varinhas"),
        ("pt-BR", "varinha", "VARINHA!", "VARINHA"),
        ("pt-BR", "varinha", "a vara", None),
        ("pt-BR", "varinha mágica", "varinhas\nmágicas", "varinhas\nmágicas"),
        ("pt-BR", "coração", "os corações", "corações"),
        ("pt-BR", "bastão|cajado", "um cajado", "cajado"),
        ("es", "varita", "las varitas", "varitas"),
        ("es", "varita", "el varón", None),
        ("fr", "cheval", "des chevaux", "chevaux"),
        ("it", "bacchetta", "le bacchette", "bacchette"),
        ("de", "Zauberstab", "des Zauberstabes", "Zauberstabes"),
        ("de", "Zauberstab", "im Zauberstabladen", "Zauberstabladen"),
        ("de", "Stab", "die Stäbe", "Stäbe"),
        ("de", "Rat", "die Ratte", None),
        ("nl", "toverstok", "toverstokken", "toverstokken"),
        ("sv", "stav", "stavarna", "stavarna"),
        ("ru", "Москва", "в Москве", "Москве"),
        ("ru", "Москва", "московский", None),
        ("pl", "różdżka", "różdżką", "różdżką"),
        ("fi", "Helsinki", "Helsingissä", "Helsingissä"),
        ("fi", "talo", "taloissamme", "taloissamme"),
        ("tr", "asa", "asanın", "asanın"),
        ("hu", "pálca", "pálcával", "pálcával"),
        ("hu", "pálca", "pályával", None),
        ("ar", "عصا", "بالعصا", "بالعصا"),
        ("he", "שרביט", "והשרביט", "והשרביט"),
        ("he", "שרביט", "השרביט", "השרביט"),
        ("ja", "魔法の杖", "あの魔法の杖が", "魔法の杖"),
        ("ko", "지팡이", "지팡이를", "지팡이를"),
    ],
)
def test_a_rendering_stands_in_its_regular_forms(tag, form, text, shown):
    assert stands(form, text, tag) == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("Marco veio.", True),
        ("MARCO VEIO.", True),
        ("marco", False),
        ("Marca", False),
        ("os Marcos", True),
        ("Marco's", True),
    ],
)
def test_a_name_stands_letter_for_letter(text, is_there):
    how = {"case": CaseRule.KEEP, "is_fixed": True}
    assert bool(stands("Marco", text, **how)) is is_there


def test_capitals_are_wanted_where_the_rule_says_so():
    assert stands("varinha", "VARINHA varinha", case=CaseRule.UPPER) == ["VARINHA"]
    assert stands("Varinha", "VARINHA varinha", case=CaseRule.LOWER) == ["VARINHA", "varinha"]


def test_a_word_said_twice_and_rendered_once_is_not_missed():
    wand = AgreedTerm(said="wand", forms=("varinha",))
    wands = AgreedTerm(said="wands", forms=("varinha",))
    staff = AgreedTerm(said="staff", forms=("cajado",))
    language = parse_language("pt-BR")
    assert missed_terms((wand, wands, staff), "a varinha", language) == (staff,)
    assert missed_terms((wand, wands, staff), "nada", language) == (wand, staff)


@given(st.text(), st.sampled_from(["en", "ru", "ar", "ja", "de"]))
def test_a_text_has_what_it_says_and_any_text_can_be_looked_through(text, tag):
    language = parse_language(tag)
    agreed = AgreedTerm(said="x", forms=("Stab 7",))
    assert missed_terms((agreed,), f"{text}\nStab 7\n{text}", language) == ()
    for start, end in standing(agreed, text, language):
        assert 0 <= start < end <= len(text)


def test_an_edited_cue_is_checked_by_what_its_own_source_text_says():
    wand = AgreedTerm(said="wand", forms=("varinha",))
    staff = AgreedTerm(said="oak staff", forms=("cajado",))
    terms = said_in((wand, staff), "He broke his\n<i>wand</i> and")
    assert terms == (wand,)

    def rules(text, *beside):
        found = edited_cue_findings(
            terms, text, beside=beside, cue_id="c7", profile=profile("pt-BR")
        )
        return [(one.rule, one.cue_id, one.note) for one in found]

    assert rules("Quebrou a vara") == [("term-missed", "c7", "wand → varinha")]
    assert rules("Quebrou a vara", "e a varinha") == rules("Quebrou a\nvarinha") == []

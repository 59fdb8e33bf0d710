"""Comparing a translation with its source: names, negations and scripts.

The pairs are our own sentences; how the lists do on human translations stands in their file.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, language

from subtitles.meaning.names import lost_names
from subtitles.meaning.negation import negation_lost
from subtitles.meaning.scripts import foreign_percent


@pytest.mark.parametrize(
    ("source", "text", "to", "lost"),
    [
        ("I saw Gandalf there.", "Vi Gandalf lá.", "pt-BR", ()),
        ("I saw Gandalf there.", "Eu o vi lá.", "pt-BR", ("Gandalf",)),
        ("He lives in London now.", "Vive en Londres.", "es", ()),
        ("I told Julia, Peter and Ann.", "Řekl jsem to Julii, Petrovi a Anně.", "cs", ()),
        ("I know John Smith well.", "Conozco bien a Smith.", "es", ()),
        ("Gandalf was here.", "Estuvo aquí.", "es", ()),
        ("It was on Monday, my Lord.", "Fue el lunes.", "es", ()),
        ("We spoke French and Italian.", "Hablamos francés e italiano.", "es", ()),
        ("To the City Council.", "Al ayuntamiento.", "es", ()),
        ("Turn into Moon Street.", "Gira en la calle Luna.", "es", ()),
        ("They called NASA again.", "Llamaron otra vez.", "es", ()),
        ("I saw Gandalf there.", "Я видел его там.", "ru", ()),
        ("I saw Gandalf there.", "Redzēju Gendalfu.", "lv", ()),
    ],
)
def test_a_name_is_there_in_any_form_or_lost(
    source: str, text: str, to: str, lost: tuple[str, ...]
) -> None:
    assert lost_names(source, text, language("en"), language(to)) == lost


def test_where_every_noun_has_a_capital_no_name_is_told() -> None:
    assert lost_names("Ich sah den Hund.", "I saw it.", language("de"), language("en")) == ()


DENIED = {
    "ar": ("لا أعرف.", "أعرف."),
    "bg": ("Не знам.", "Знам."),
    "cs": ("To nevím.", "To vím."),
    "da": ("Det ved jeg ikke.", "Det ved jeg."),
    "de": ("Das weiß ich nicht.", "Das weiß ich."),
    "el": ("Δεν ξέρω.", "Ξέρω."),
    "es": ("No lo sé.", "Lo sé."),
    "fi": ("En tiedä.", "Tiedän."),
    "fr": ("Je ne sais pas.", "Je sais."),
    "he": ("אני לא יודע.", "אני יודע."),
    "hi": ("मुझे नहीं पता।", "मुझे पता है।"),
    "hr": ("Ne znam.", "Znam."),
    "hu": ("Nem tudom.", "Tudom."),
    "id": ("Aku tidak tahu.", "Aku tahu."),
    "it": ("Non lo so.", "Lo so."),
    "ja": ("知らない。", "知ってる。"),
    "ko": ("난 몰라.", "난 알아."),
    "ms": ("Saya tidak tahu.", "Saya tahu."),
    "nb": ("Det vet jeg ikke.", "Det vet jeg."),
    "nl": ("Dat weet ik niet.", "Dat weet ik."),
    "pl": ("Nie wiem.", "Wiem."),
    "pt-BR": ("Não sei.", "Sei."),
    "ro": ("Nu știu.", "Știu."),
    "ru": ("Я не знаю.", "Я знаю."),
    "sk": ("Neviem.", "Viem."),
    "sr": ("Не знам.", "Знам."),
    "sv": ("Det vet jag inte.", "Det vet jag."),
    "th": ("ฉันไม่รู้", "ฉันรู้"),
    "tr": ("Bilmiyorum.", "Biliyorum."),
    "uk": ("Я не знаю.", "Я знаю."),
    "vi": ("Tôi không biết.", "Tôi biết."),
    "zh": ("我不知道。", "我知道。"),
}


@pytest.mark.parametrize("to", DENIED)
def test_a_denial_is_there_or_lost(to: str) -> None:
    kept, lost = DENIED[to]
    assert not negation_lost("I don't know.", kept, language("en"), language(to))
    assert negation_lost("I don’t know.", lost, language("en"), language(to))


@pytest.mark.parametrize(
    "tag", ["es", "pt-BR", "fr", "de", "it", "nl", "sv", "da", "nb", "ru", "pl"]
)
def test_denials_are_known_in_these_sources_too(tag: str) -> None:
    kept, lost = DENIED[tag]
    assert negation_lost(kept, "I know.", language(tag), language("en"))
    assert not negation_lost(kept, "I don't know.", language(tag), language("en"))
    assert not negation_lost(lost, "I know.", language(tag), language("en"))


@pytest.mark.parametrize(
    "source",
    [
        "No doubt about it.",
        "Why don't you come?",
        "You came, didn't you?",
        "I can't wait.",
        "Notes.",
    ],
)
def test_what_only_looks_like_a_denial_accuses_nobody(source: str) -> None:
    assert not negation_lost(source, "Claro.", language("en"), language("es"))


def test_a_language_without_a_list_is_not_judged() -> None:
    assert not negation_lost("I don't know.", "x", language("en"), language("eu"))
    assert not negation_lost("知らない。", "I know.", language("ja"), language("en"))


@pytest.mark.parametrize(
    ("text", "tag", "percent"),
    [
        ("Дом старый и пустой.", "pt-BR", 100),
        ("A casa é velha.", "pt-BR", 0),
        ("その家は古くて小さいです。", "ja", 0),
        ("NHKに入った友達です。", "ja", 27),
        ("Sono ie wa furui desu.", "ja", 100),
        ("Привет", "pt-BR", 0),
    ],
)
def test_letters_of_another_script_are_counted(text: str, tag: str, percent: int) -> None:
    assert round(foreign_percent(text, language(tag))) == percent


@given(any_text(), any_text(), st.sampled_from(["en", "es", "ja", "tr", "cs"]))
def test_any_text_can_be_compared(source: str, text: str, tag: str) -> None:
    one, other = language("en"), language(tag)
    assert lost_names(source, source, one, other) == ()
    lost_names(source, text, one, other)
    negation_lost(source, text, one, other)
    assert 0 <= foreign_percent(text, other) <= 100

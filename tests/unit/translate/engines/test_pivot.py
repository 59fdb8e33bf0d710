"""Two engines in a row."""

import pytest
from translate_fakes import ScriptedTranslator, pair, sentence

from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from translate.engines.pivot import PivotTranslator
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Link,
    Rendering,
    Translation,
    UnsupportedPairError,
)

DE_KO = pair("de", "ko")
EN = parse_language("en")


class Leg:
    """One pair, translations from a table, remembers what it was asked."""

    def __init__(self, served, table, *, name):
        self.served, self.table, self.name = served, table, name
        self.sentences, self.asks = [], []
        self.uses_context = False

    @property
    def signature(self):
        return EngineSignature(
            engine="leg", engine_version="1", model=self.name, model_revision="r" * 40
        )

    def supports(self, wanted: LanguagePair) -> bool:
        return wanted == self.served

    def translate(self, sentences, wanted, ask=PLAIN):
        self.sentences += sentences
        self.asks.append(ask)
        return tuple(self.table.get(one.text, Translation(text=one.text)) for one in sentences)


def said(text, *links, others=()):
    return Translation(
        text=text,
        score=-0.5,
        alignment=tuple(Link(*link) for link in links),
        candidates=tuple(Rendering(text=other, score=-0.9) for other in others),
    )


def pivot(first, second):
    return PivotTranslator(
        Leg(pair("de", "en"), first, name="first"), Leg(pair("en", "ko"), second, name="second"), EN
    )


def test_the_second_engine_translates_what_the_first_said():
    translator = pivot(
        {"Guten Tag": said("Good day")}, {"Good day": said("안녕", others=["안녕하세요"])}
    )
    (found,) = translator.translate([sentence("Guten Tag")], DE_KO, Ask(candidates=2))
    assert [one.text for one in found.renderings] == ["안녕", "안녕하세요"]
    assert found.score == -0.5


def test_only_the_second_is_asked_for_candidates_and_brevity_and_both_for_another_attempt():
    translator = pivot({}, {})
    ask = Ask(candidates=4, brevity=0.5, attempt=1, wants_alignment=True)
    translator.translate([sentence("Hallo")], DE_KO, ask)
    assert translator._first.asks == [Ask(attempt=1, wants_alignment=True)]
    assert translator._second.asks == [ask]


def test_several_sentences_between_are_translated_one_by_one_and_joined():
    translator = pivot(
        {"Ja, nein": said("Yes. No, Sir.")},
        {"Yes.": said("네.", others=["예."]), "No, Sir.": said("아니요.")},
    )
    (found,) = translator.translate([sentence("Ja, nein")], DE_KO)
    assert [one.text for one in translator._second.sentences] == ["Yes.", "No, Sir."]
    assert found.text == "네. 아니요."
    assert found.candidates == ()


def test_alignments_are_composed():
    #  0123456789 012
    #  Der Hund   the dog   개
    translator = pivot(
        {"Der Hund": said("the dog", ((0, 3), (0, 3), 0.8), ((4, 7), (4, 8), 0.5))},
        {"the dog": said("개가", ((0, 1), (4, 7), 0.5), ((1, 2), (0, 7), 1.0))},
    )
    (found,) = translator.translate([sentence("Der Hund")], DE_KO, Ask(wants_alignment=True))
    assert found.alignment == (
        Link((0, 1), (4, 8), 0.25),
        Link((1, 2), (0, 8), pytest.approx(0.65)),
    )


def test_the_second_sees_nothing_of_what_was_for_the_first():
    translator = pivot({}, {})
    one = sentence("Hallo")
    translator.translate(
        [type(one)(**{**{name: getattr(one, name) for name in one.__slots__}, "before": "Ach"})],
        DE_KO,
    )
    assert translator._first.sentences[0].before == "Ach"
    assert translator._second.sentences[0].before == ""


@pytest.mark.parametrize("text", ["", " ", "40", "♪"])
def test_what_has_no_letter_comes_back_as_it_is(text):
    assert pivot({}, {}).translate([sentence(text)], DE_KO)[0].text == text


def test_nothing_between_stays_nothing_and_costs_nobody_else_a_translation():
    translator = pivot({"a": said(""), "b": said("B")}, {"B": said("비")})
    found = translator.translate([sentence("a"), sentence("b")], DE_KO)
    assert [one.text for one in found] == ["", "비"]


def test_the_signature_names_both_engines_whole():
    signature = pivot({}, {}).signature
    assert (signature.engine, signature.model) == ("pivot", "first+second")
    assert signature.model_revision == f"{'r' * 40}+{'r' * 40}"
    assert dict(signature.options)["via"] == "en"
    assert "model:first" in dict(signature.options)["first"]
    assert list(signature.options) == sorted(signature.options)


def test_both_ways_must_be_served():
    translator = pivot({}, {})
    assert translator.supports(DE_KO)
    for other in (pair("de", "fr"), pair("fr", "ko"), pair("de", "de"), pair("en", "ko")):
        assert not translator.supports(other)
        with pytest.raises(UnsupportedPairError):
            translator.translate([sentence("Hallo")], other)


def test_the_first_engines_context_is_the_pivots():
    translator = pivot({}, {})
    assert not translator.uses_context
    translator._first.uses_context = True
    assert translator.uses_context
    assert not PivotTranslator(ScriptedTranslator(), ScriptedTranslator(), EN).uses_context

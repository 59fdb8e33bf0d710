"""Words that have to stay are in every translation, whatever the engine does with them."""

from contextlib import suppress

import pytest
from glossaries import glossary, term
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import language, profile, track
from translate_fakes import AnsweringTranslator, ScriptedTranslator, cues_of, pair, source_track

from subtitles.picture import NO_PICTURE
from translate.aids import Aids
from translate.errors import TranslationGapError
from translate.glossary.around import filled, gaps_between
from translate.glossary.finding import term_index
from translate.glossary.positions import positioned
from translate.glossary.show_glossary import ShowGlossary
from translate.glossary.stand_ins import NAMES
from translate.track import translate_track
from translate.translator import Link, Rendering, Translation

EN_PT = pair("en", "pt-BR")
HOLLOW = term("The Hollow", "do-not-translate")
DASHWOOD = term("Dashwood", "do-not-translate")


def translated(source, render, *terms, target="pt-BR"):
    return translate_track(
        source,
        ScriptedTranslator(render),
        profile=profile(target),
        picture=NO_PICTURE,
        aids=Aids(glossary=ShowGlossary(glossary(*terms))) if terms else Aids(),
    )


def shown(result):
    return [" ".join(cue.text.split()) for cue in result.track.cues]


def notes(result, rule="term-placed"):
    return [one.note for one in result.warnings if one.rule == rule]


def words_in(source, *terms):
    return term_index(glossary(*terms), language("en")).found_in(source, language("pt-BR"))


# ---- the ladder ----------------------------------------------------------------------------------

LOST = {"I see Dashwood.": "Eu vejo.", "I see": "Eu vejo", "Go home.": "Vá."}


def test_a_name_that_the_engine_does_not_know_gives_its_place_to_another_one():
    said = {**LOST, f"I see {NAMES[0]}.": "Eu vejo.", f"I see {NAMES[1]}.": f"Vejo o {NAMES[1]}."}
    result = translated(source_track("I see Dashwood."), lambda text: said.get(text, ""), DASHWOOD)
    assert shown(result) == ["Vejo o Dashwood."]
    assert notes(result) == []


def test_what_every_stand_in_loses_is_translated_around_the_word_with_a_finding():
    result = translated(
        source_track("Go home.", "I see Dashwood."), lambda text: LOST.get(text, ""), DASHWOOD
    )
    assert shown(result) == ["Vá.", "Eu vejo Dashwood."]
    assert notes(result) == ["Dashwood: what is said around it was translated by itself"]
    assert "term-missed" not in {one.rule for one in result.warnings}


def test_where_the_parts_come_to_nothing_the_word_goes_where_it_stands_in_the_source():
    def render(text):
        return "Eu vejo." if text == "I see Dashwood." else ""

    result = translated(source_track("I see Dashwood."), render, DASHWOOD)
    assert shown(result) == ["Eu vejo Dashwood."]
    assert notes(result) == ["Dashwood: put in as far into the sentence as in the source"]


def test_the_finding_stands_on_the_cue_in_which_the_word_was_said():
    source = source_track("I walk all the way to the", "village of Dashwood with him.")
    result = translated(
        source, lambda text: "" if len(text) < 20 else "Eu vou andando para lá.", DASHWOOD
    )
    (placed,) = (one for one in result.warnings if one.rule == "term-placed")
    assert placed.cue_id == result.track.cues[1].cue_id
    assert result.sentences[0].faults == ("term-placed",)


def test_a_word_that_has_to_stay_weighs_more_than_any_other_fault_but_no_translation():
    def answer(text, ask):
        best = Translation(text="Vejo alguém.", score=-0.1)
        return Translation(
            text=best.text,
            score=-0.1,
            candidates=(Rendering(text="Não vejo o Dashwood, o 40.", score=-1.5),),
        )

    result = translate_track(
        source_track("I see Dashwood."),
        AnsweringTranslator(answer),
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
        aids=Aids(glossary=ShowGlossary(glossary(DASHWOOD))),
    )
    assert "Dashwood" in result.track.cues[0].text


SENTENCES = st.sampled_from(
    [
        "I see Dashwood.",
        "Dashwood!",
        "Is Dashwood in The Hollow, or is he not?",
        "Dashwood, Dashwood: where are you?",
        '"The Hollow" (Dashwood said) is far.',
        "- Dashwood?",
        "DASHWOOD IS AT HOME.",
        "From The Hollow to Dashwood and back to The Hollow, and so on",
    ]
)
RENDERINGS = st.sampled_from(
    [
        *("", "...", "Sim.", "Eu vejo alguém ali, e não sei quem é.", "40 41", "מרחבא", "I see."),
        *("Tom Tom Tom", "Daniel e Tom.", "dashwood", "The hollow", "(", "Dash wood", "não " * 30),
    ]
)


@settings(max_examples=60)
@given(
    st.lists(SENTENCES, min_size=1, max_size=3),
    st.dictionaries(st.integers(0, 6), RENDERINGS, min_size=1),
    st.sampled_from(["pt-BR", "de", "ja", "ar"]),
)
def test_whatever_an_engine_says_no_word_that_has_to_stay_is_lost(said, answers, target):
    choices = list(answers.values())
    source = track(cues_of(*said, length_ms=6000, gap_ms=6000), "en")
    with suppress(TranslationGapError):
        result = translated(
            source,
            lambda text: choices[len(text) % len(choices)],
            HOLLOW,
            DASHWOOD,
            target=target,
        )
        assert_kept(said, result)


def assert_kept(said, result):
    for text, cue in zip(said, result.track.cues, strict=True):
        if "…" not in cue.text:
            words = " ".join(cue.text.split()).casefold()
            for word in ("the hollow", "dashwood"):
                assert word in words or word not in text.casefold(), (text, cue.text)


# ---- parts around --------------------------------------------------------------------------------


def test_parts_around_words_keep_the_signs_at_their_borders():
    source = 'He said "Dashwood", and left The Hollow.'
    kept = words_in(source, DASHWOOD, HOLLOW)
    gaps = gaps_between(source, kept)
    assert [gap.core for gap in gaps if gap.is_asked] == ["He said", "and left"]
    said = [Rendering(text="Ele disse.", score=-0.2), Rendering(text="E deixou", score=-0.4)]
    whole = filled(gaps, kept, said, EN_PT)
    assert whole.text == 'Ele disse "Dashwood", e deixou The Hollow.'
    assert whole.score == pytest.approx((-0.2 * 10 - 0.4 * 8) / 18)


def test_the_alignment_of_the_parts_and_the_words_is_of_the_whole_sentence():
    source = "I see Dashwood today."
    kept = words_in(source, DASHWOOD)
    said = [
        Rendering(text="Vejo", alignment=(Link((0, 4), (2, 5)),)),
        Rendering(text="hoje.", alignment=(Link((0, 4), (0, 5)),)),
    ]
    whole = filled(gaps_between(source, kept), kept, said, EN_PT)
    pairs = [
        (whole.text[slice(*one.target)], source[slice(*one.source)]) for one in whole.alignment
    ]
    assert pairs == [("Vejo", "see"), ("Dashwood", "Dashwood"), ("hoje", "today")]


def test_a_part_without_a_translation_spoils_the_whole():
    source = "I see Dashwood today."
    kept = words_in(source, DASHWOOD)
    said = [Rendering(text="Vejo"), Rendering(text="")]
    assert filled(gaps_between(source, kept), kept, said, EN_PT).text == ""


@pytest.mark.parametrize(
    ("source", "text", "target", "expected"),
    [
        ("Dashwood sees me.", "Vê a mim.", "pt-BR", "Dashwood Vê a mim."),
        ("He sees Dashwood.", "Ele vê.", "pt-BR", "Ele vê Dashwood."),
        ("He sees Dashwood.", "彼は見る。", "ja", "彼は見るDashwood。"),
        ("He sees Dashwood.", "Hai desu.", "ja", "Hai desu Dashwood."),
        ("He and Dashwood.", "...", "pt-BR", "...Dashwood"),
    ],
)
def test_a_word_is_put_in_by_its_position_between_words(source, text, target, expected):
    kept = term_index(glossary(DASHWOOD), language("en")).found_in(source, language(target))
    assert positioned(Rendering(text=text), kept, source, language(target)).text == expected


# ---- without a glossary --------------------------------------------------------------------------


def test_foreign_words_and_markup_that_an_engine_loses_are_put_back_without_any_glossary():
    said = {
        "Say שלום to him.": "Diga a ele.",
        "Say": "Diga",
        "to him.": "a ele.",
        "<script>Come in.": "Script, entre.",
        "Come in.": "Entre.",
    }
    source = source_track("Say שלום to him.", "<script>Come in.")
    result = translated(source, lambda text: said.get(text, ""))
    assert shown(result) == ["Diga שלום a ele.", "<script>Entre."]
    assert [one.rule for one in result.warnings].count("term-placed") == 2
    assert "foreign-text-lost" not in {one.rule for one in result.warnings}


def test_an_engine_that_keeps_foreign_words_is_asked_once():
    translator = ScriptedTranslator(lambda text: text.replace("Say", "Diga").replace("to", "a"))
    translate_track(
        source_track("Say שלום to mim."),
        translator,
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
    )
    assert [asked for asked in translator.asked if "Say שלום to mim." in asked] == [
        ("Say שלום to mim.",)
    ]

"""A glossary on the road of translation."""

import pickle
from dataclasses import replace

import pytest
from glossaries import glossary, term
from timed_text import HOSTILE_TEXTS, profile
from translate_fakes import ScriptedTranslator, pair, source_track

from subtitles.language import parse_language
from subtitles.picture import NO_PICTURE
from translate.aids import Aids
from translate.glossary.show_glossary import ShowGlossary
from translate.glossary.terms import TermStatus
from translate.sentencing.engine_text import engine_text
from translate.track import translate_track
from translate.translator import PLAIN, Translation

EN, BR = parse_language("en"), parse_language("pt-BR")
WAND = term("wand", pt_BR="bastão|bastões")
HOLLOW = term("The Hollow", "do-not-translate")
WORDS = {
    "The wand is in The Hollow.": "A varinha está no Vale.",
    "The bastão is in Tom.": "O bastão está em Tom.",
    "The wand is": "A varinha está",
    "My wand!": "Minha varinha!",
    "My bastão!": "Meu cajado!",
    "wand": "a varinha",
    "wand.": "a varinha.",
    "The Hollow": "O Vale",
}


def translated(*texts, terms=(WAND, HOLLOW), render=lambda text: WORDS.get(text, "Nada.")):
    translator = ScriptedTranslator(render)
    done = translate_track(
        source_track(*texts),
        translator,
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
        aids=Aids(glossary=ShowGlossary(glossary(*terms))),
    )
    return done, translator


def test_a_sentence_whose_words_are_lost_is_asked_with_stand_ins():
    done, translator = translated("The wand is in The Hollow.")
    assert done.track.cues[0].text == "O bastão está em The Hollow."
    assert "term-missed" not in {one.rule for one in done.warnings}
    assert ("The bastão is in Tom.",) in translator.asked
    assert done.sentences[0].terms[1].is_fixed
    assert [one.said for one in done.sentences[0].terms] == ["wand", "The Hollow"]


def test_a_word_that_no_stand_in_saves_is_put_where_the_engine_said_its_own():
    done, _ = translated("My wand!")
    assert done.track.cues[0].text == "Minha bastão!"


def test_a_word_whose_place_nobody_knows_is_a_finding_on_its_own_cue():
    done, _ = translated("It is here and there\nand it", "was a wand of sorts.", "My wand!")
    (missed,) = (one for one in done.warnings if one.rule == "term-missed")
    assert missed.cue_id == done.track.cues[1].cue_id
    assert (missed.measured, missed.severity, missed.note) == (
        1,
        "warning",
        "wand → bastão / bastões",
    )


def test_without_terms_in_it_nobody_is_asked_for_words():
    done, translator = translated("Nothing here.")
    assert translator.asked == [("Nothing here.",)]
    assert done.sentences[0].terms == ()


def test_shouted_names_are_found():
    done, _ = translated("THE HOLLOW IS ON FIRE!", render=lambda text: "A Hollow está em chamas!")
    assert [one.said for one in done.sentences[0].terms] == ["THE HOLLOW"]
    assert "THE HOLLOW" in done.track.cues[0].text


def test_an_engine_that_mixes_up_the_words_is_not_believed():
    class Mixing(ScriptedTranslator):
        def translate(self, sentences, pair, ask=PLAIN):
            found = super().translate(sentences, pair, ask)
            return found if len(found) == 1 else (*found, Translation(text="mais"))

    shown = [engine_text("The wand.", EN)]
    words = ShowGlossary(glossary(WAND)).found_in(shown, pair("en", "pt-BR"), Mixing())
    assert words[0].own_words == {}


def test_the_digest_is_of_what_can_change_this_track():
    track = source_track("The wand is mine.", "And I said so.")
    usual = ShowGlossary(glossary(WAND, HOLLOW)).digest_for(track, BR)
    touched = [
        (replace(WAND, wordings=term("wand", pt_BR="vara").wordings), HOLLOW),
        (replace(WAND, status=TermStatus.REJECTED), HOLLOW),
        (WAND, HOLLOW, term("mine", pt_BR="meu")),
    ]
    untouched = [
        (WAND,),
        (replace(WAND, note="Careful.", owner="Ana"), HOLLOW),
        (replace(WAND, wordings=term("wand", es="x", pt_BR="bastão|bastões").wordings), HOLLOW),
        (WAND, HOLLOW, term("yours", pt_BR="seu")),
    ]
    assert usual
    for terms in touched:
        assert ShowGlossary(glossary(*terms)).digest_for(track, BR) != usual
    for terms in untouched:
        assert ShowGlossary(glossary(*terms)).digest_for(track, BR) == usual
    assert ShowGlossary(glossary(HOLLOW)).digest_for(track, BR) == ""


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_words_and_cues_are_only_text(text):
    words = [text] if any(map(str.isalnum, text)) and text == text.strip("\ufeff\n") else ["x"]
    terms = tuple(term(one.replace("\u202c", "").strip(), pt_BR="<b>") for one in words)
    done, _ = translated(f"{text} said.", terms=terms, render=lambda said: said[::-1])
    assert len(done.track.cues) == 1


def test_what_stays_with_a_sentence_travels_between_processes():
    agreed = ShowGlossary(glossary(WAND)).agreed_in("wand", pair("en", "pt-BR"))
    assert pickle.loads(pickle.dumps(agreed)) == agreed

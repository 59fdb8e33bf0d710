"""A whole track into another language, cue for cue."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from timed_text import cue, frame_rates, language, profile, track
from translate_fakes import (
    AnsweringTranslator,
    ForgetfulTranslator,
    ScriptedTranslator,
    cues_of,
    greek,
    source_track,
    source_tracks,
)

from subtitles.checks.track import check_track
from subtitles.cues import derive_cue_id
from subtitles.findings import Finding, Severity
from subtitles.picture import NO_PICTURE, Picture
from subtitles.style.profile import load_profile
from translate.aids import Aids
from translate.drafts import Origin
from translate.errors import TranslationGapError
from translate.memory.port import MemoryHit
from translate.projection.projection import CONTINUATION
from translate.sentencing.markup import plain_cue
from translate.track import translate_track
from translate.translator import PLAIN, Rendering, Translation, UnsupportedPairError

TARGETS = ("pt-BR", "ja", "ar", "nl", "th", "fr")


def translated(source, translator=None, target="pt-BR", frame_rate=None, **more):
    return translate_track(
        source,
        translator or ScriptedTranslator(),
        profile=profile(target),
        picture=Picture(frame_rate=frame_rate),
        **more,
    )


def rows(source, translator=None, target="pt-BR"):
    return [one.text for one in translated(source, translator, target).track.cues]


def rules(result):
    return [warning.rule for warning in result.warnings]


@given(source_tracks(), st.sampled_from(TARGETS), frame_rates())
def test_cue_for_cue_on_the_sources_in_times_never_empty_never_overlapping(source, target, rate):
    result = translated(source, target=target, frame_rate=rate)
    assert len(result.track.cues) == len(source.cues)
    assert len({one.cue_id for one in result.track.cues}) == len(source.cues)
    for ours, theirs in zip(source.cues, result.track.cues, strict=True):
        assert theirs.source_cue_ids == (ours.cue_id,)
        assert theirs.span.start_ms == ours.span.start_ms
        assert "".join(theirs.lines).strip()
    ids = {one.cue_id for one in result.track.cues}
    assert {warning.cue_id for warning in result.warnings} <= ids


LATIN = "abcdefghijklmnopqrstuvwxyz"


@given(source_tracks())
def test_every_translated_word_is_there_in_order_and_nothing_of_the_source_leaks(source):
    assume(all(plain_cue(one.lines).lines for one in source.cues))
    result = translated(source)
    spoken = "".join("".join(plain_cue(one.lines).lines) for one in source.cues)
    shown = "".join("".join(plain_cue(one.lines).lines) for one in result.track.cues)
    # Letters beyond ASCII that fold into the two alphabets would be neither leak nor translation.
    others = "".join(one for one in spoken if not one.isascii())
    assume(not set(others.casefold()) & {*LATIN, *greek(LATIN)})
    assume("<" not in spoken)  # of markup, what works in a browser stays as it is
    expected = [greek(one) for one in spoken.lower() if one in LATIN]
    assert [one for one in shown.casefold() if one in greek(LATIN)] == expected
    assert not set(LATIN) & set(shown.casefold())


@given(source_tracks())
def test_the_same_input_gives_the_same_output(source):
    assert translated(source) == translated(source)


def test_ids_are_derived_from_source_cue_language_and_engine():
    source = source_track("Hello.")
    result = translated(source)
    made_by = ScriptedTranslator().signature
    assert result.track.cues[0].cue_id == derive_cue_id("c0", "pt-BR", made_by)
    assert result.track.made_by == made_by
    assert result.track.language == "pt-BR"
    assert translated(source, target="fr").track.cues[0].cue_id != result.track.cues[0].cue_id


def test_a_sentence_over_two_cues_is_translated_whole():
    translator = ScriptedTranslator(
        {"If you want to live, come with me.": "Se quer viver, venha comigo."}.__getitem__
    )
    source = source_track("If you want to live,", "come with me.")
    assert rows(source, translator) == ["Se quer viver,", "venha comigo."]
    assert translator.asked == [("If you want to live, come with me.",)]


def test_sentences_that_are_alike_are_translated_once():
    translator = ScriptedTranslator()
    rows(source_track("Go!", "- Go!\n- No.", "GO NOW!", "♪ Go! ♪", "Go!"), translator)
    assert translator.asked[0] == ("Go!", "No.", "Go now!")


def test_each_speaker_keeps_a_row_with_the_languages_own_dash():
    source = source_track("-Hello there.\n-Hi, Bob!")
    assert rows(source) == [f"- {greek('Hello there.')}\n- {greek('Hi, Bob!')}"]
    assert rows(source, target="nl") == [greek("Hello there.") + "\n-" + greek("Hi, Bob!")]


def test_italics_of_a_whole_cue_come_back_and_others_are_reported():
    source = source_track("<i>Once upon a time</i>", "<i>there</i> was a king.", "<i>The end.</i>")
    result = translated(source)
    texts = [one.text for one in result.track.cues]
    assert texts[0].startswith("<i>")
    assert texts[0].endswith("</i>")
    assert "<" not in texts[1]
    assert [w.cue_id for w in result.warnings if w.rule == "styling-dropped"] == [
        result.track.cues[1].cue_id
    ]
    upright = translated(source_track("<i>One.</i>"), target="ar")
    assert [one.text for one in upright.track.cues] == [greek("One.")]
    assert [(w.rule, w.cue_id) for w in upright.warnings] == [
        ("italics-dropped", upright.track.cues[0].cue_id)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("♪ We sing all night", "and all day ♪"),
        ("♪ We sing ♪", "♪ All day ♪"),
        ("[music playing", "softly in the background]"),
        ("- [laughs]\n- What?",),
        ("- Who?\n- Me. And then", "I went home."),
        ("(sighs) I am tired.",),
        ("{\\an8}- Up here.\n- Down.",),
        ("<i>[thunder]</i>",),
        ("# We sing #",),
    ],
)
def test_signs_of_speakers_songs_and_sounds_stay_in_their_cues(texts):
    shown = [" ".join(one.lines) for one in translated(source_track(*texts)).track.cues]
    assert shown == [greek(" ".join(text.split("\n"))).replace("{\\αξ8}", "{\\an8}").replace(
        "<ι>", "<i>").replace("</ι>", "</i>") for text in texts]  # fmt: skip


def test_translations_are_printed_as_their_language_prints():
    cut_off = source_track("I was about to--")
    assert rows(cut_off, ScriptedTranslator(lambda _: "Eu ia dizer")) == ["Eu ia dizer…"]
    spoken = source_track('He said: "What?"')
    assert rows(spoken, ScriptedTranslator(lambda _: 'Il dit : "Quoi ?"'), "fr") == [
        "Il dit\u00a0: «\u00a0Quoi\u00a0?\u00a0»"
    ]


def test_a_translated_sentence_over_two_cues_is_marked_as_the_target_language_does():
    split = source_track("If you want to live,", "come with me.", "Now.")
    dutch = ScriptedTranslator(
        {"If you want to live, come with me.": "Als je wilt leven, kom dan mee.", "Now.": "Nu."}.get
    )
    assert rows(split, dutch, "nl") == ["Als je wilt leven…", "…kom dan mee.", "Nu."]


def test_fewer_words_than_cues_are_shown_first_and_reported():
    translator = ScriptedTranslator(lambda text: "Inacreditável!")
    result = translated(source_track("Un", "believ", "able!"), translator)
    assert [one.text for one in result.track.cues] == ["Inacreditável!", CONTINUATION, CONTINUATION]
    (warning,) = [w for w in result.warnings if w.rule == "fewer-words-than-cues"]
    assert (warning.cue_id, warning.measured, warning.limit) == (
        result.track.cues[0].cue_id,
        1,
        3,
    )


@pytest.mark.parametrize("text", ["40.", "♪", "...", "😀", "?!", "<i></i>", "{\\an8}", "١٢٣."])
def test_a_cue_without_words_stays_as_it_is_and_is_never_sent(text):
    translator = ScriptedTranslator()
    result = translated(source_track("Before.", text, "After."), translator)
    assert result.track.cues[1].text == text.replace("...", "…")
    assert all(text not in asked for batch in translator.asked for asked in batch)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "Word, " * 2_000,
        "<script>alert(1)</script>",
        "\u202eevil\u202c",
        "a\u0300" * 900,
    ],
)
def test_hostile_text_gives_one_cue_like_any_other(text):
    result = translated(source_track("Before.", text.strip(), "After."))
    assert len(result.track.cues) == 3
    assert result.track.cues[0].text == greek("Before.")
    assert result.track.cues[2].text == greek("After.")


def test_a_batch_of_the_wrong_size_is_asked_again_sentence_by_sentence():
    translator = ForgetfulTranslator()
    assert rows(source_track("One.", "Two.", "Three."), translator) == [
        greek("One."),
        greek("Two."),
        greek("Three."),
    ]
    assert translator.asked == [("One.", "Two.", "Three."), ("One.",), ("Two.",), ("Three.",)]


def test_an_empty_answer_is_asked_for_again_and_used_when_it_comes():
    answers = iter(["Um.", "", "Três.", "Dois."])
    translator = ScriptedTranslator(lambda text: next(answers))
    assert rows(source_track("One.", "Two.", "Three."), translator) == ["Um.", "Dois.", "Três."]
    assert translator.asked[1:] == [("Two.",)]


@pytest.mark.parametrize("nothing", ["", "   ", "\n", "..."])
def test_a_sentence_that_stays_without_translation_shows_an_ellipsis_and_an_error(nothing):
    translator = ScriptedTranslator(lambda text: nothing if "Two" in text else "Um.")
    result = translated(source_track("One.", "Two..."), translator)
    assert [cue.lines for cue in result.track.cues] == [("Um.",), ("…",)]
    (finding,) = result.warnings
    assert (finding.rule, finding.severity) == ("no-translation", Severity.ERROR)
    assert finding.cue_id == result.track.cues[1].cue_id


def test_an_engine_that_translates_nothing_at_all_is_an_error_naming_the_first_cue():
    translator = ScriptedTranslator(lambda text: "")
    with pytest.raises(TranslationGapError, match=r"cue c0.*One\.") as caught:
        translated(source_track("One.", "Two..."), translator)
    assert caught.value.cue_id == "c0"


def test_a_copy_of_the_source_is_never_silent():
    source = source_track("This is left in the language it came in.")
    result = translated(source, ScriptedTranslator(lambda text: text))
    found = check_track(result.track, profile("pt-BR"), picture=NO_PICTURE, source=source)
    assert [(one.rule, one.cue_id) for one in found if one.rule == "untranslated"] == [
        ("untranslated", result.track.cues[0].cue_id)
    ]


def test_a_candidate_that_is_no_copy_is_taken_instead():
    translator = ScriptedTranslator(
        lambda text: text, candidates=("This is left in the language it came in.", "Ficou assim.")
    )
    source = source_track("This is left in the language it came in.")
    assert rows(source, translator) == ["Ficou assim."]


def test_confidence_is_the_lowest_of_source_and_translation():
    class Scored(ScriptedTranslator):
        def translate(self, sentences, wanted, ask=PLAIN):
            return tuple(
                Translation(text=one.text, score=-0.5)
                for one in super().translate(sentences, wanted, ask)
            )

    source = track(
        [cue("Hello.", confidence=0.9), cue("Bye.", 5000, 6000, cue_id="c2", confidence=0.1)]
    )
    found = [one.confidence for one in translated(source, Scored()).track.cues]
    assert found == pytest.approx([0.6065, 0.1], abs=1e-3)


def test_out_times_grow_into_silence_for_reading_and_stop_before_the_next_cue():
    wordy = ScriptedTranslator(lambda text: "muitas palavras que levam tempo para ler aqui")
    cues = (*cues_of("Go on.", length_ms=1000), cue("Stop.", 9000, 10000, cue_id="c9"))
    first, _ = translated(track(cues), wordy).track.cues
    assert 1000 < first.span.end_ms <= 1000 + load_profile(language("pt-BR")).max_linger_ms
    close = (*cues_of("Go on.", length_ms=1000), cue("Stop.", 1200, 3000, cue_id="c9"))
    first, second = translated(track(close), wordy, frame_rate=Fraction(25)).track.cues
    assert first.span.end_ms <= 1200 == second.span.start_ms


def test_a_pair_that_is_not_served_is_refused_before_any_work():
    translator = ScriptedTranslator()
    with pytest.raises(UnsupportedPairError, match="fr→pt-BR"):
        translated(track(cues_of("Salut."), "fr"), translator)
    assert translator.asked == []


@dataclass
class Memory:
    """Knows some sentences word for word."""

    known: dict[str, str]
    is_exact: bool = True

    def hits(self, text, before, after, pair):
        found = self.known.get(text)
        return () if found is None else (hit(text, found, is_exact=self.is_exact),)


def hit(said, text, *, is_exact=True):
    return MemoryHit(text=text, source_text=said, score=1.0, is_exact=is_exact, origin="a film")


def test_what_was_approved_is_taken_and_not_asked():
    translator = ScriptedTranslator()
    source = source_track("- Hello there.", "Hello there.")
    result = translated(source, translator, aids=Aids(memory=Memory({"- Hello there.": "- Oi."})))
    assert [one.text for one in result.track.cues] == ["Oi.", greek("Hello there.")]
    assert translator.asked == [("Hello there.",)] * 2  # Greek letters: asked again
    first, second = result.sentences
    assert (first.origin, first.memory_hits, first.quality) == (
        Origin.MEMORY,
        (hit("- Hello there.", "- Oi."),),
        None,
    )
    assert (second.origin, second.memory_hits) == (Origin.MACHINE, ())


def test_what_is_only_similar_is_offered_and_asked():
    memory = Memory({"Hello.": "Oi."}, is_exact=False)
    result = translated(source_track("Hello."), aids=Aids(memory=memory))
    (draft,) = result.sentences
    assert (draft.origin, [one.text for one in draft.memory_hits]) == (Origin.MACHINE, ["Oi."])


def test_each_sentence_keeps_what_is_known_of_it():
    translator = AnsweringTranslator(
        lambda text, ask: Translation(
            text="Tenho muitos livros.",
            score=-0.2,
            candidates=(Rendering(text="Tenho 40.", score=-0.4),),
        )
    )
    result = translated(source_track("<i>I have 40</i>", "<i>books.</i>", "♪"), translator)
    first, second = result.sentences
    assert (first.source_text, first.text) == ("I have 40 books.", "Tenho 40.")
    assert first.cue_ids == tuple(one.cue_id for one in result.track.cues[:2])
    assert (first.score, first.retries, first.faults) == (-0.4, 0, ())
    assert 0 < first.quality < 1
    assert first.runners_up == ("Tenho muitos livros.",)
    assert (second.origin, second.quality, second.text) == (Origin.COPY, None, "♪")


def test_what_stays_wrong_is_a_finding_and_a_fault_of_the_sentence():
    result = translated(
        source_track("We have 40 of them."), ScriptedTranslator(lambda _: "Temos eles.")
    )
    assert rules(result) == ["missing-numbers", "low-quality"]
    assert result.sentences[0].faults == ("missing-numbers",)
    assert result.sentences[0].retries == 1


def test_a_shorter_rendering_is_asked_for_and_shown_where_the_best_cannot_be_read_in_time():
    long_ = "Uma frase que ninguém consegue ler assim tão rápido."
    short = "Uma frase que ninguém consegue ler tão rápido."

    def answer(text, ask):
        spare = Rendering(text=f"{long_} Sim.", score=-0.4)
        if ask.brevity:
            return Translation(text=short, score=-0.31)
        return Translation(text=long_, score=-0.3, candidates=(spare,))

    translator = AnsweringTranslator(answer)
    quick = track(cues_of("A sentence that is said within a second.", length_ms=1300))
    result = translated(quick, translator)
    assert result.sentences[0].text == short
    assert result.sentences[0].runners_up[0] == long_
    assert [ask.brevity > 0 for ask, _ in translator.asks] == [False, True]
    slow = track(cues_of("A sentence that is said within a second.", length_ms=6000))
    assert translated(slow, AnsweringTranslator(answer)).sentences[0].text == long_


def test_the_engine_is_told_the_words_of_the_show_and_their_misses_are_reported():
    source = source_track("The night watch came.", "Nobody else.")
    translator = AnsweringTranslator(
        lambda text, ask: Translation(text="A vigia noturna não veio.")
    )
    result = translated(source, translator, aids=Aids(glossary=Words()))
    first, second = result.sentences
    assert first.text == "A Ronda não veio."
    assert (first.terms, second.terms) == (("agreed",), ())
    assert "term-missed" in rules(result)


class Words:
    """One title, found and put in by its first words."""

    wanted = (("night watch", "Ronda"),)

    def found_in(self, shown, pair, translator):
        return [self if "night watch" in one.core else None for one in shown]

    def agreed_in(self, text, pair):
        return ("agreed",) if "night watch" in text else ()

    def enforced(self, rendering):
        return replace(rendering, text=rendering.text.replace("vigia noturna", "Ronda"))

    def stood_in(self, sentence, turn):
        return sentence

    def put_back(self, rendering, turn):
        return rendering

    def lost(self, text):
        return ()

    def missed(self, text):
        return int("Ronda" not in text)

    def findings(self, found, source, profile):
        return (
            Finding(
                rule="term-missed",
                severity=Severity.WARNING,
                cue_id=found.cues[0].cue_id,
                measured=1,
                limit=0,
                unit="words",
                source="test",
            ),
        )


def test_an_empty_track_gives_an_empty_track():
    result = translated(replace(source_track(), cues=()))
    assert result.track.cues == ()
    assert result.warnings == ()

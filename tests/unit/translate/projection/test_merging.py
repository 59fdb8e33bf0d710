"""Cues of one sentence joined on demand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from timed_text import profile, track
from translate_fakes import ScriptedTranslator, cues_of, greek, source_tracks

from subtitles.picture import NO_PICTURE, Picture
from subtitles.plain_text import clean_text
from translate.projection.projection import CONTINUATION
from translate.sentencing.markup import plain_cue
from translate.track import translate_track

STYLE = replace(profile("pt-BR"), max_chars_per_line=40, max_lines=2, max_chars_per_second=17.0)
HALVES = ("When I came home that evening,", "the door was open.")


def shown(cues, says, *, style=STYLE, picture=NO_PICTURE, resegment=True):
    source = track(cues)
    translator = ScriptedTranslator(lambda _: says)
    done = translate_track(source, translator, profile=style, picture=picture, resegment=resegment)
    return [" ".join(cue.lines) for cue in done.track.cues], done


def test_a_sentence_with_fewer_words_than_cues_has_fewer_cues():
    texts, done = shown(cues_of(*HALVES), "Aberta.")
    assert texts == ["Aberta."]
    (cue,) = done.track.cues
    assert cue.source_cue_ids == ("c0", "c1")
    assert (cue.span.start_ms, cue.span.end_ms >= 4100) == (0, True)
    assert not any(one.rule == "fewer-words-than-cues" for one in done.warnings)
    assert done.sentences[0].cue_ids == (cue.cue_id,)


def test_unless_asked_there_are_as_many_cues_as_in_the_source():
    texts, _ = shown(cues_of(*HALVES), "Aberta.", resegment=False)
    assert texts == ["Aberta.", CONTINUATION]


def test_what_can_be_read_where_it_is_stays_there():
    texts, _ = shown(cues_of(*HALVES), "Quando cheguei em casa, a porta estava aberta.")
    assert len(texts) == len(HALVES)


@pytest.mark.parametrize(
    ("cues", "picture"),
    [
        (cues_of(*HALVES, gap_ms=900), NO_PICTURE),
        (cues_of(*HALVES), Picture(shot_changes_ms=(2050,))),
        (cues_of("<i>When I came home that evening,</i>", HALVES[1]), NO_PICTURE),
        (cues_of(*HALVES, length_ms=4000), NO_PICTURE),
    ],
    ids=["a pause", "a cut", "another look", "too long together"],
)
def test_nothing_is_joined_across(cues, picture):
    texts, _ = shown(cues, "Aberta.", picture=picture)
    assert len(texts) == len(cues)


@settings(max_examples=40)
@given(source_tracks())
def test_no_word_is_lost_moved_or_said_twice_and_every_source_cue_is_rendered_once(source):
    found = translate_track(
        source, ScriptedTranslator(greek), profile=STYLE, picture=NO_PICTURE, resegment=True
    )
    plain = translate_track(source, ScriptedTranslator(greek), profile=STYLE, picture=NO_PICTURE)
    names = [name for cue in found.track.cues for name in cue.source_cue_ids]
    assert names == [cue.cue_id for cue in source.cues]
    assert _words(found.track) == _words(plain.track)


def _words(done):
    rows = [row for cue in done.cues for row in plain_cue(cue.lines).lines if row != CONTINUATION]
    shown = clean_text(" ".join(rows)).replace(CONTINUATION, "").split()
    # Where a cue ends, a dash that cuts speech short is printed otherwise than within it.
    return [word for word in shown if any(map(str.isalnum, word))]

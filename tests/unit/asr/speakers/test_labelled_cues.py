"""From turns of speakers to the dashes of a cue."""

from speaker_fakes import turn
from timed_text import profile, transcript, word

from asr.speakers.labelling import label_words
from subtitles.picture import Picture
from subtitles.segmentation.segmenter import segment

WORDS = [
    word(" More", 1000, 1150),
    word(" tea?", 1150, 1400),
    word(" Yes,", 1450, 1650),
    word(" please.", 1650, 1900),
]


def rows(words):
    return [cue.lines for cue in segment(transcript(words), profile("en"), picture=Picture()).cues]


def test_two_speakers_share_a_cue_with_a_dash_each():
    turns = [turn("S1", 1050, 1300), turn("S2", 1300, 1900)]
    assert rows(label_words(WORDS, turns)) == [("-More tea?", "-Yes, please.")]


def test_one_speaker_gets_no_dash():
    (cue,) = rows(label_words(WORDS, [turn("S1", 1050, 1900)]))
    assert not any(row.startswith("-") for row in cue)


def test_without_turns_there_are_no_dashes():
    assert rows(label_words(WORDS, [])) == rows(WORDS)

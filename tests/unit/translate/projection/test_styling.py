"""Tags on a part of a cue, in its translation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import profile, track
from translate_fakes import AnsweringTranslator, ScriptedTranslator, cues_of, greek, source_tracks

from subtitles.formats.styled import runs_of
from subtitles.picture import NO_PICTURE
from translate.projection.styling import with_tags
from translate.sentencing.markup import StyledStretch, plain_cue
from translate.track import translate_track
from translate.translator import Link, Translation


def links(source, target, *said):
    """Links from words of the target to words of the source."""
    return tuple(
        Link(
            (target.index(one), target.index(one) + len(one)),
            (source.index(other), source.index(other) + len(other)),
        )
        for one, other in said
    )


def shown(texts, says, *pairs, target="pt-BR"):
    """The cues' texts, of a translator that says one thing and knows where words come from."""

    def answer(text, ask):
        return Translation(text=says, score=-0.1, alignment=links(text, says, *pairs))

    found = translate_track(
        track(cues_of(*texts)),
        AnsweringTranslator(answer),
        profile=profile(target),
        picture=NO_PICTURE,
    )
    return [cue.text for cue in found.track.cues], [one.rule for one in found.warnings]


def test_a_name_that_stays_as_it_is_keeps_its_italics():
    texts, rules = shown(["We sailed on the <i>Black Pearl</i>."], "Navegamos no Black Pearl.")
    assert texts == ["Navegamos no <i>Black Pearl</i>."]
    assert "styling-dropped" not in rules


def test_other_words_keep_them_where_the_alignment_says():
    source = "I <i>really</i> love you, my dear friend."
    texts, _ = shown(
        [source],
        "Te amo de verdade, meu caro amigo.",
        ("Te", "you"), ("amo", "love"), ("de", "really"), ("verdade", "really"), ("meu", "my"),
    )  # fmt: skip
    assert texts == ["Te amo <i>de verdade</i>, meu caro amigo."]


def test_words_among_others_or_unknown_ones_lose_them_with_a_warning():
    source = "I <i>did not</i> go there."
    said = "Je ne suis pas parti."
    apart = (("ne", "not"), ("suis", "go"), ("pas", "not"), ("Je", "I"))
    for pairs in (apart, ()):
        texts, rules = shown([source], said, *pairs, target="fr")
        assert texts == [said]
        assert "styling-dropped" in rules


def test_one_of_two_speakers_in_italics_stays_the_one():
    source = ["-<i>Are you there?</i>\n-Yes, I am here."]
    found = translate_track(
        track(cues_of(*source)),
        ScriptedTranslator(greek),
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
    )
    (cue,) = found.track.cues
    one, other = greek("Are you there?"), greek("Yes, I am here.")
    assert cue.lines == (f"- <i>{one}</i>", f"- {other}")


def test_italics_that_end_within_a_sentence_of_two_cues_stay_in_their_cue():
    texts, _ = shown(
        ["<i>When I came home</i>", "the <i>door</i> was open."],
        "Quando cheguei em casa a porta estava aberta.",
        ("porta", "door"), ("estava", "was"), ("casa", "home"), ("a ", "the"),
    )  # fmt: skip
    assert texts == ["<i>Quando cheguei em casa</i>", "a <i>porta</i> estava aberta."]


@given(
    st.lists(st.sampled_from(["um", "a", "♪", "fim."]), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from("ibu"), st.integers(0, 12), st.integers(1, 12)), max_size=4),
)
def test_tags_put_in_are_nested_and_change_no_word(words, wanted):
    rows = tuple(" ".join(words[at : at + 2]) for at in range(0, len(words), 2))
    tags = [StyledStretch(name, start, start + length) for name, start, length in wanted]
    found = with_tags(rows, tags)
    runs = runs_of(found)
    assert "".join(run.text for run in runs) == "\n".join(rows)
    solid = [run.styles for run in runs for one in run.text if not one.isspace()]
    for place, styles in enumerate(solid):
        held = {tag.name for tag in tags if tag.start <= place < tag.end}
        assert set(styles) == held


@settings(max_examples=40)
@given(source_tracks(), st.randoms(use_true_random=False))
def test_any_tags_leave_the_words_as_they_are(source, draw):
    def marked(cue):
        words = [word for row in plain_cue(cue.lines).lines for word in row.split()]
        if not words:
            return " ".join(cue.lines)
        words[draw.randrange(len(words))] = f"<i>{words[draw.randrange(len(words))]}</i>"
        return " ".join(words)

    texts = [marked(cue) for cue in source.cues]
    tagged = translated(texts)
    bare = translated([" ".join(plain_cue((text,)).lines) or text for text in texts])
    assert [plain_cue(cue.lines).lines for cue in tagged] == [
        plain_cue(cue.lines).lines for cue in bare
    ]
    assert all(cue.text.count("<i>") == cue.text.count("</i>") for cue in tagged)


def translated(texts):
    done = translate_track(
        track(cues_of(*texts)),
        ScriptedTranslator(greek),
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
    )
    return done.track.cues


@pytest.mark.parametrize("rows", [("a b",), ("a", "b")])
def test_without_tags_nothing_changes(rows):
    assert with_tags(rows, []) == rows

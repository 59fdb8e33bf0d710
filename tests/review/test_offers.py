"""What may be put into a cue with one click, and what stays of the cue around it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from review_drafts import cues_of_draft, draft_of
from sentence_drafts import hit, sentence, with_sentences
from timed_text import profile

from review.offers import OfferKind, offers_for
from review.passages import cue_ids_of, passages
from review.stretches import stretches_of
from subtitles.language import parse_language

SPLIT = with_sentences(
    draft_of("Er kam spät,", "doch er kam noch."),
    sentence(
        "He came late, but he came.",
        "Er kam spät, doch er kam noch.",
        *("0", "1"),
        runners_up=("Zwar spät, aber er ist noch gekommen.",),
    ),
)
TURNS = with_sentences(
    draft_of("- Wer da?\n- Otto.", language="de"),
    sentence("- Who is it?", "- Wer da?", "0", runners_up=("- Wer ist es?",)),
    sentence("- Otto.", "- Otto.", "0", memory_hits=(hit("- Der Otto.", 0.9),)),
)
TWO = with_sentences(
    draft_of("Gut. Sehr gut!"),
    sentence("Good.", "Gut.", "0", runners_up=("Schön.",)),
    sentence("Very good!", "Sehr gut!", "0", runners_up=("Bestens!",)),
)


def offered(draft, cue=0, now=None):
    """Texts offered for a cue of a parked draft; ``now`` is what a person has made of it."""
    cues = {one.cue_id: one for one in cues_of_draft(draft)}
    chosen = list(cues.values())[cue]
    chosen = replace(chosen, text=now or chosen.text)
    through = (one for one in passages(draft.sentences) if chosen.cue_id in cue_ids_of(one))
    passage = next(through, ())
    return offers_for(chosen, passage, cues, profile(draft.language))


def texts(*args, **more):
    return [offer.text for offer in offered(*args, **more)]


def test_an_alternative_of_a_sentence_in_one_cue_takes_its_place():
    draft = with_sentences(
        draft_of("Hallo."),
        sentence(
            "Hi.", "Hallo.", "0", runners_up=("Hi.", "Hallo."), memory_hits=(hit("Na?", 0.81),)
        ),
    )
    memory, rendering = offered(draft)
    assert (memory.kind, memory.text, memory.score) == (OfferKind.MEMORY, "Na?", 0.81)
    assert (memory.origin, memory.source_text) == ("Older film", "Said before.")
    assert (rendering.kind, rendering.text, rendering.sentence) == (
        *(OfferKind.RENDERING, "Hi."),
        "",
    )


def test_each_cue_of_a_sentence_is_offered_its_own_part_and_shown_the_whole():
    (first,), (second,) = offered(SPLIT), offered(SPLIT, cue=1)
    assert (first.text, second.text) == ("Zwar spät,", "aber er ist noch gekommen.")
    assert first.sentence == second.sentence == "Zwar spät, aber er ist noch gekommen."


def test_of_two_speakers_one_row_is_exchanged_and_the_dash_stays_as_it_is_printed():
    assert texts(TURNS) == ["- Wer ist es?\n- Otto.", "- Wer da?\n- Der Otto."]
    dashed = replace(
        TURNS, cues=(replace(TURNS.cues[0], text="-Wer da?\n-Otto."),), language="pt-BR"
    )
    assert texts(replace(dashed, language=parse_language("pt-BR")))[0] == "-Wer ist es?\n-Otto."


def test_of_two_sentences_on_a_row_the_other_one_stays():
    assert texts(TWO) == ["Schön. Sehr gut!", "Gut. Bestens!"]


def test_what_a_person_made_of_the_other_sentence_stays():
    assert texts(TWO, now="Na gut. Sehr gut!")[1] == "Na gut. Bestens!"


def test_long_text_is_set_in_rows_and_styling_stays():
    draft = with_sentences(
        draft_of("<i>Kurz.</i>"),
        sentence(
            "Short.", "Kurz.", "0", runners_up=("Das ist ein Satz, der nicht in eine Zeile passt.",)
        ),
    )
    assert texts(draft) == ["<i>Das ist ein Satz,\nder nicht in eine Zeile passt.</i>"]


def test_hostile_alternatives_are_one_clean_text():
    draft = with_sentences(
        draft_of("Ja."), sentence("Yes.", "Ja.", "0", runners_up=("a\u2028b\x07<script>", " "))
    )
    assert texts(draft) == ["a b <script>"]


def test_where_the_sentences_cannot_be_told_apart_nothing_is_offered():
    lost = replace(TWO, cues=(replace(TWO.cues[0], text="Ganz was anderes."),))
    assert texts(lost) == []


WORDS = st.sampled_from(["Ja", "Otto", "spät", "12", "noch", "für", "l’eau"])
SENTENCE = st.tuples(
    st.sampled_from(["", "- ", "¿", "„"]),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.sampled_from([".", "?", "…", " ?", "!“", ","]),
).map("".join)


@given(st.lists(SENTENCE, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_stretches_hold_every_letter_of_their_sentences_and_cues_nothing_else(said, luck):
    words = " ".join(said).split(" ")
    cuts = sorted(luck.sample(range(1, len(words)), min(len(words) - 1, luck.randint(0, 3))))
    shown = [
        " ".join(words[start:end]).replace(" ", luck.choice(" \n"), 1)
        for start, end in zip((0, *cuts), (*cuts, len(words)), strict=True)
    ]
    assume(all(map(_letters, shown)))
    draft = with_sentences(draft_of(*shown), *_through(said, shown))
    cues = {cue.cue_id: cue for cue in cues_of_draft(draft)}
    for passage in passages(draft.sentences):
        seen = dict.fromkeys(cue_ids_of(passage), "")
        for one in passage:
            stretches = stretches_of(one, passage, cues)
            assert _letters("".join(stretch.text for stretch in stretches)) == _letters(one.text)
            for stretch in stretches:
                seen[stretch.cue_id] += stretch.text
                joined = stretch.before + stretch.text + stretch.after
                assert joined == cues[stretch.cue_id].text
        for cue_id, text in seen.items():
            assert text.split()
            assert "".join(text.split()) == "".join(cues[cue_id].text.split())


def _letters(text):
    return "".join(filter(str.isalnum, text))


def _through(said, shown):
    """The sentences with the cues in which their letters stand."""
    owners = [str(place) for place, text in enumerate(shown) for _ in _letters(text)]
    place = 0
    for text in said:
        count = len(_letters(text))
        yield sentence("x", text, *dict.fromkeys(owners[place : place + count]))
        place += count


@pytest.mark.parametrize("cue", [0, 1])
def test_every_part_of_an_alternative_is_offered_once(cue):
    whole = offered(SPLIT, cue=cue)[0].sentence
    assert " ".join(texts(SPLIT, cue=number)[0] for number in (0, 1)) == whole

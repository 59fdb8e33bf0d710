"""Room to read: another cut or a shorter rendering, where it saves a cue and costs less."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from timed_text import profile, track
from translate_fakes import AnsweringTranslator, cues_of

from subtitles.counting import line_width
from subtitles.picture import NO_PICTURE
from subtitles.span import Span
from translate.choosing.candidates import Candidate
from translate.choosing.faults import Fault
from translate.drafts import Origin
from translate.fitting import CUTS, WORTH_A_CUE, fitted, is_narrow
from translate.options import Option, Options
from translate.projection.cut_costs import NO_ROOM
from translate.projection.shares import Shares
from translate.track import translate_track
from translate.translator import Rendering, Sentence, Translation

# Ten characters a second and no staying on: 2,000 ms have room for 20 characters.
PLAIN = replace(
    profile("pt-BR"), max_chars_per_second=10.0, max_linger_ms=0, linger_ms=0, max_duration_ms=7000
)
ROOM_MS = 2000


def shares_of(*parts, length_ms=ROOM_MS):
    """The room of one sentence that runs through a cue for each part."""
    cues = cues_of(*parts, length_ms=length_ms)
    text = " ".join(parts)
    lengths = [len(part) + 1 for part in parts]
    lengths[-1] -= 1
    whole = Sentence(
        text=text,
        span=Span(0, cues[-1].span.end_ms),
        cue_ids=tuple(one.cue_id for one in cues),
        cue_lengths=tuple(lengths),
    )
    return Shares(cues, [whole], PLAIN, NO_PICTURE)


def options(*renderings):
    """Options out of (text, score)."""
    return Options(
        origin=Origin.MACHINE,
        showable=tuple(option(text, score) for text, score in renderings),
    )


def option(text, score=-0.2, faults=()):
    rendering = Rendering(text=text, score=score)
    return Option(rendering=rendering, candidate=Candidate(rendering=rendering, faults=faults))


def shown(some, shares, more=None):
    return fitted(0, some, more or some, shares).options.best.rendering.text


ONE = shares_of("What is said.")
LONG, SHORTER, SCRAP = "Uma frase um tanto longa.", "Uma frase mais breve.", "Uma frase."


def test_a_line_with_room_is_not_narrow():
    assert is_narrow(0, options((LONG, -0.2)), ONE)
    assert not is_narrow(0, options((SCRAP, -0.2)), ONE)


def test_a_shorter_rendering_is_taken_where_it_saves_a_cue_and_hardly_loses_anything():
    fits = "Uma frase mais curta"
    assert len(fits) == 20
    assert shown(options((LONG[:21], -0.2), (fits, -0.25)), ONE) == fits


def test_a_rendering_that_is_shorter_and_still_too_fast_is_not_taken():
    assert shown(options((LONG, -0.2), (SHORTER, -0.1)), ONE) == LONG


def test_a_rendering_that_has_lost_half_the_sentence_is_not_taken_however_sure_the_engine_is():
    assert shown(options((LONG, -0.9), (SCRAP, -0.1)), ONE) == LONG


def test_what_the_engine_thinks_worse_of_has_to_save_as_much():
    fits, best = "Uma frase mais curta", LONG[:21]
    assert shown(options((best, -0.2), (fits, -0.2 - WORTH_A_CUE)), ONE) == best
    assert shown(options((best, -0.2), (fits, -0.2)), ONE) == fits


def test_faults_count_as_the_engines_doubts_do():
    one = shares_of("What is said.", length_ms=3 * ROOM_MS)
    best = option((3 * LONG)[:61])
    worse = option(best.rendering.text[:60], faults=(Fault("name-lost", 1),))
    some = Options(origin=Origin.MACHINE, showable=(best, worse))
    assert shown(some, one) == worse.rendering.text
    lost = option(best.rendering.text[:60], faults=(Fault("missing-numbers", 1),))
    assert shown(replace(some, showable=(best, lost)), one) == best.rendering.text


def test_of_renderings_with_room_the_one_that_says_most_is_taken():
    best, more, less = LONG[:21], "Uma frase mais curta", "Uma frase mais curt"
    assert shown(options((best, -0.2), (less, -0.2), (more, -0.2)), ONE) == more


TWO = shares_of("I told you all about it", "and now look at that.")
CROWDED = "Já lhe contei de tudo agora veja bem."


def test_a_word_is_read_in_the_cue_beside_before_anything_is_left_out():
    usual = TWO.spread(0, Rendering(text=CROWDED))
    assert TWO.crowded(0, usual) == 1
    fit = fitted(0, options((CROWDED, -0.2), ("Contei, veja bem.", -0.1)), options(), TWO)
    assert fit.options.best.rendering.text == CROWDED
    assert fit.no_room in CUTS[1:]
    assert TWO.crowded(0, TWO.spread(0, Rendering(text=CROWDED), fit.no_room)) == 0


def test_where_nothing_helps_the_line_stays_as_it_is():
    hopeless = "Uma frase que ninguém consegue ler, por mais que se empenhe, nem agora nem depois."
    fit = fitted(0, options((hopeless, -0.2)), options((hopeless, -0.2), (SCRAP, -0.2)), TWO)
    assert fit.options.best.rendering.text == hopeless
    assert fit.no_room == NO_ROOM


def test_no_cue_is_left_with_a_bare_dash_for_the_sake_of_room():
    instant = shares_of("- I", "0", length_ms=1)
    fit = fitted(0, options(("- Eu 0", -0.2)), options(("- Eu 0", -0.2)), instant)
    parts = instant.spread(0, fit.options.best.rendering, fit.no_room)
    assert all(any(map(str.isalnum, part)) for part in parts)


def test_shorter_renderings_that_come_later_do_not_displace_the_best_unless_they_are_needed():
    more = options((SCRAP, -0.01), (LONG, -0.2))
    assert shown(options((LONG, -0.2)), ONE, more) == LONG
    assert fitted(0, options((LONG, -0.2)), more, ONE).options.showable[1:] == more.showable[:1]


WORDS = st.lists(st.sampled_from(("a", "de", "casa", "janela", "não,", "sim")), min_size=1)
TEXTS = WORDS.map(" ".join)


@given(st.lists(st.tuples(TEXTS, st.floats(-2, 0)), min_size=1, max_size=6), st.booleans())
def test_fitting_never_crowds_a_cue_more_and_never_gives_more_than_it_is_worth(given_, one_cue):
    shares = ONE if one_cue else TWO
    unique = options(*{text: (text, score) for text, score in given_}.values())
    fit = fitted(0, unique, unique, shares)
    before = shares.crowded(0, shares.spread(0, unique.best.rendering))
    after = shares.crowded(0, shares.spread(0, fit.options.best.rendering, fit.no_room))
    assert after <= before
    kept = len(fit.options.best.rendering.text) / len(unique.best.rendering.text)
    assert kept >= 1 - WORTH_A_CUE * (before - after)
    assert set(fit.options.showable) == set(unique.showable)


def test_lines_that_are_alike_are_fitted_each_by_its_own_room():
    long_ = "Uma frase que ninguém consegue ler assim tão rápido."
    short = "Uma frase que ninguém consegue ler tão rápido."

    def answer(text, ask):
        first, other = (short, long_) if ask.brevity else (long_, short)
        return Translation(text=first, score=-0.2, candidates=(Rendering(text=other, score=-0.2),))

    quick, slow = cues_of("A line said twice.", "A line said twice.", length_ms=1300, gap_ms=9000)
    slow = replace(slow, span=Span(slow.span.start_ms, slow.span.start_ms + 6000))
    found = translate_track(
        track((quick, slow)),
        AnsweringTranslator(answer),
        profile=profile("pt-BR"),
        picture=NO_PICTURE,
    )
    texts = [one.text for one in found.sentences]
    assert texts == [short, long_]
    assert line_width(short, profile("pt-BR").counting) < line_width(
        long_, profile("pt-BR").counting
    )

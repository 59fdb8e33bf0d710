"""What a line may be shown as: signs put back, links over the whole sentence."""

from dataclasses import replace

from timed_text import language
from translate_fakes import pair, sentence

from translate.choosing.candidates import Answer, Candidate
from translate.choosing.faults import Fault
from translate.drafts import Origin
from translate.lines import Line
from translate.memory.port import MemoryHit
from translate.options import options_of
from translate.projection.projection import CONTINUATION
from translate.sentencing.engine_text import engine_text
from translate.translator import Link, Rendering

EN_PT = pair("en", "pt-BR")


def line(text, *hits):
    shown = engine_text(text, language("en"))
    return Line(sentence=sentence(text), shown=shown, key=(shown.core,), hits=hits)


def answer(*renderings):
    return Answer(candidates=tuple(Candidate(rendering=one) for one in renderings))


def hit(text, *, is_exact):
    return MemoryHit(text=text, source_text="-", score=1.0, is_exact=is_exact, origin="film")


def texts(options):
    return [one.rendering.text for one in options.showable]


def test_every_rendering_gets_its_signs_and_links_back():
    said = line("- I thought that...")
    best = Rendering(text="Pensei que", score=-0.2, alignment=(Link((0, 6), (2, 9)),))
    found = options_of(said, answer(best, Rendering(text="Achei que.")), EN_PT)
    assert texts(found) == ["- Pensei que…", "- Achei que…"]
    (link,) = found.best.rendering.alignment
    assert found.best.rendering.text[slice(*link.target)] == "Pensei"
    assert said.sentence.text[slice(*link.source)] == "thought"
    assert found.best.rendering.score == -0.2


def test_renderings_that_are_the_same_with_their_signs_are_one():
    found = options_of(
        line("Wait..."), answer(Rendering(text="Espere."), Rendering(text="Espere")), EN_PT
    )
    assert texts(found) == ["Espere…"]
    assert found.offered == ("Espere…",)


def test_an_approved_translation_stands_without_the_engine():
    said = line("- Hello.", hit("- Olá.", is_exact=True), hit("- Oi.", is_exact=True))
    found = options_of(said, None, EN_PT)
    assert (found.origin, texts(found), found.offered) == (Origin.MEMORY, ["- Olá."], ("- Oi.",))
    assert not said.is_asked


def test_a_similar_translation_is_no_translation():
    said = line("Hello.", hit("Olá.", is_exact=False))
    assert said.is_asked
    found = options_of(said, answer(Rendering(text="Alô.")), EN_PT)
    assert (found.origin, texts(found)) == (Origin.MACHINE, ["Alô."])


def test_what_has_no_words_is_itself_and_what_has_no_translation_says_so():
    assert texts(options_of(line("♪ ♪"), None, EN_PT)) == ["♪ ♪"]
    assert options_of(line("♪ ♪"), None, EN_PT).origin is Origin.COPY
    found = options_of(line("Hello."), Answer(), EN_PT)
    assert (found.origin, texts(found)) == (Origin.NONE, [CONTINUATION])


def test_what_is_shown_keeps_to_what_is_sound():
    sound, copied = Rendering(text="Uma frase."), Rendering(text="A sentence.")
    both = answer(sound, copied)
    worse = replace(both.candidates[1], faults=(Fault("untranslated", 100, 80),))
    found = options_of(line("A sentence."), Answer(candidates=(both.candidates[0], worse)), EN_PT)
    assert texts(found) == list(found.offered) == ["Uma frase."]


def test_any_of_the_options_may_come_first_and_stands_there_once():
    found = options_of(line("A sentence."), answer(*map(said, ("Uma.", "Duas.", "Três."))), EN_PT)
    first, second, third = found.showable
    assert found.best == first
    assert found.led_by(third).showable == (third, first, second)
    assert found.led_by(first) == found


def said(text):
    return Rendering(text=text)

"""The Firefox engine: what the adapter spares its translations."""

import importlib.metadata

import pytest
from timed_text import profile
from translate_fakes import pair, sentence, source_track

from subtitles.picture import NO_PICTURE
from translate.engines import firefox_translator
from translate.engines.firefox_translator import MAX_CHARS, FirefoxTranslator
from translate.errors import MissingFirefoxModelError
from translate.track import translate_track

EN_PT, PT_EN = pair("en", "pt-BR"), pair("pt-BR", "en")


@pytest.fixture(scope="module")
def firefox():
    return FirefoxTranslator("digest")


def into_portuguese(firefox, text):
    return firefox.translate([sentence(text)], EN_PT)[0].text


@pytest.mark.engine
def test_everyday_sentences_come_out_right(firefox):
    assert into_portuguese(firefox, "The house is small.") == "A casa é pequena."
    (back,) = firefox.translate([sentence("A casa é pequena.")], PT_EN)
    assert back.text == "The house is small."


@pytest.mark.engine
@pytest.mark.parametrize(
    ("text", "kept", "never"),
    [
        ("Tom is in the garden.", "no jardim", "não"),
        ("The tag says play.", "", "pega-pega"),
        ("We leave at 10:30 today.", "10:30", "("),
        ("I paid $5 and you paid $6.", "$5", "("),
        ("“I’m fine,” said John.", "disse John", "I'm"),
        ("He's my brother’s friend.", "irmão", "meu amigo irmão"),
    ],
)
def test_the_packages_own_post_processing_is_passed_by(firefox, text, kept, never):
    found = into_portuguese(firefox, text)
    assert kept in found
    assert never not in found.replace("(o", "")


@pytest.mark.engine
def test_a_long_text_keeps_its_end(firefox):
    text = (
        "The house is small, and the garden behind it is very old. " * 20 + "Then came the horses."
    )
    found = into_portuguese(firefox, text)
    assert "cavalos" in found
    assert len(found) > 0.7 * len(text)


@pytest.mark.engine
def test_the_engine_is_never_given_more_than_it_can_hold(firefox, monkeypatch):
    seen = []

    class Counting:
        def translate(self, text):
            seen.append(text)
            return text

    monkeypatch.setitem(firefox._engines, "en-pt", Counting())
    into_portuguese(firefox, "word " * 1000)
    assert max(map(len, seen)) <= MAX_CHARS
    assert "".join(seen).split() == ["word"] * 1000


@pytest.mark.engine
def test_a_track_reads_like_subtitles(firefox):
    source = source_track(
        "- Where were you?\n- At home, with my brother.",
        "<i>I never told anyone what I saw</i>",
        "<i>that night, and I never will.</i>",
        "STOP RIGHT THERE!",
        "♪ Happy birthday to you ♪",
        "40",
    )
    result = translate_track(source, firefox, profile=profile("pt-BR"), picture=NO_PICTURE)
    texts = [one.text for one in result.track.cues]
    assert texts[0] == "- Onde você estava?\n- Em casa, com meu irmão."
    assert texts[1].startswith("<i>Eu nunca")
    assert texts[2].startswith("<i>")
    assert texts[3].isupper()
    assert texts[3] != "STOP RIGHT THERE!"
    assert texts[4] == "♪ Feliz aniversário para você ♪"
    assert texts[5] == "40"
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("wanted", "served"),
    [
        (pair("en", "pt-BR"), True),
        (pair("en-GB", "pt"), True),
        (pair("pt", "en-US"), True),
        (pair("en", "pt-PT"), False),
        (pair("pt-PT", "en"), False),
        (pair("en", "pt-AO"), False),
        (pair("en", "es"), False),
        (pair("en", "en-GB"), False),
    ],
)
def test_brazilian_portuguese_is_served_and_no_other_standard(wanted, served):
    assert FirefoxTranslator("digest").supports(wanted) is served


@pytest.mark.parametrize("found", ["0.1.9", None])
def test_another_release_of_the_package_is_refused(monkeypatch, found):
    def version(name):
        if found is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return found

    monkeypatch.setattr(firefox_translator, "version", version)
    with pytest.raises(MissingFirefoxModelError, match=r"polycue\[starter\]"):
        FirefoxTranslator("digest")


def test_the_signature_carries_the_models_digest():
    assert FirefoxTranslator("abc").signature.model_revision == "abc"
    assert FirefoxTranslator("abc", threads=1).signature == FirefoxTranslator("abc").signature

"""Cues that want to break something are translated like any other, and a person is told."""

import pytest
from bench_mt_hostile import ENTRIES, INSTRUCTIONS, OBEDIENT, examined, obedient
from translate_fakes import ScriptedTranslator, pair


@pytest.mark.parametrize("name", ENTRIES)
def test_a_hostile_cue_stays_one_cue_with_a_finding_and_harms_nobody(name):
    found = examined(ENTRIES[name], ScriptedTranslator(), pair("en", "pt-BR"))
    assert found.faults == ()
    assert found.rules
    assert "\0" not in found.text
    assert "\x1b" not in found.text


@pytest.mark.engine
@pytest.mark.parametrize("name", sorted(ENTRIES.keys() - {"10,000 letters"}))
def test_the_same_holds_for_the_starter_tiers_engine(name, firefox):
    found = examined(ENTRIES[name], firefox, pair("en", "pt-BR"))
    assert found.faults == ()
    assert found.rules


@pytest.mark.parametrize("name", OBEDIENT)
def test_a_language_model_that_obeys_a_cue_spoils_that_cue_alone_and_a_person_is_told(name):
    with obedient(name) as translator:
        found = examined(ENTRIES[INSTRUCTIONS], translator, pair("en", "el"))
    assert found.faults == ()
    assert {"no-translation", "translation-too-short"} & set(found.rules)


@pytest.mark.parametrize("name", sorted(ENTRIES.keys() - {INSTRUCTIONS}))
def test_no_hostile_cue_breaks_what_a_language_model_is_asked(name):
    with obedient(next(iter(OBEDIENT))) as translator:
        assert examined(ENTRIES[name], translator, pair("en", "el")).faults == ()


@pytest.fixture(scope="module")
def firefox():
    from translate.engines.firefox_translator import FirefoxTranslator

    return FirefoxTranslator("digest")

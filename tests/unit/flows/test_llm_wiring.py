"""The chat endpoint of the settings: used when a run asks for it, and only then."""

import json
from types import SimpleNamespace

import pytest
from command import InProcess
from fake_chat import KEY, running_chat
from subtitle_files import write_srt
from translate_fakes import greek, pair

from flows.llm_settings import LlmSettings
from flows.llm_wiring import llm_engine
from flows.request import TranslateRequest
from flows.settings import Settings
from flows.wiring import build_localizer
from translate.errors import InvalidEndpointError

LINES = ["The old man sees\nthe blue door.", "Nobody told\nMargaret about it."]


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def chat(monkeypatch):
    with running_chat() as chat:
        monkeypatch.setenv("POLYCUE_LLM_BASE_URL", chat.url)
        monkeypatch.setenv("POLYCUE_LLM_MODEL", "some-model")
        monkeypatch.setenv("POLYCUE_LLM_API_KEY", KEY)
        yield chat


# httpx leaves the connections of a command to the end of its process, which is not this one's.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_file_is_translated_by_the_endpoint_once_and_the_key_is_written_nowhere(
    polycue, chat, tmp_path
):
    film = write_srt(tmp_path / "film.en.srt", LINES)
    options = ("--to", "el", "--out", tmp_path / "out", "--json")
    done = polycue("translate", film, *options, "--llm")
    assert done.code == 0, done.err
    (language,) = json.loads(done.out)["languages"]
    assert "some-model" in language["engine"]
    text = (tmp_path / "out" / "film.el.srt").read_text("utf-8")
    assert greek("blue") in text
    asked = len(chat.bodies)
    assert asked > 0
    assert polycue("translate", film, *options, "--llm").code == 0
    assert len(chat.bodies) == asked
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_nothing_is_sent_anywhere_unless_the_run_asks_for_it(polycue, chat, tmp_path):
    film = write_srt(tmp_path / "film.en.srt", LINES)
    done = polycue("translate", film, "--to", "el", "--out", tmp_path)
    assert done.code == 4
    assert polycue("translate", film, "--to", "el", "--llm", "--dry-run").code == 0
    assert chat.bodies == []


def test_two_engines_at_once_are_wrong_usage(polycue, tmp_path):
    film = write_srt(tmp_path / "film.en.srt", LINES)
    done = polycue("translate", film, "--to", "el", "--llm", "--translation-model", tmp_path)
    assert done.code == 2
    assert "not both" in done.err


def test_asking_for_an_endpoint_that_is_not_set_says_what_to_set(polycue, tmp_path):
    film = write_srt(tmp_path / "film.en.srt", LINES)
    done = polycue("translate", film, "--to", "el", "--llm")
    assert done.code == 5
    assert "set POLYCUE_LLM_BASE_URL" in done.err


def test_a_wrong_setting_is_named(polycue, chat, tmp_path, monkeypatch):
    monkeypatch.setenv("POLYCUE_LLM_REPLY_FORMAT", "poem")
    done = polycue("translate", write_srt(tmp_path / "film.en.srt", LINES), "--to", "el", "--llm")
    assert done.code == 2
    assert "POLYCUE_LLM_REPLY_FORMAT" in done.err


def test_offline_only_an_endpoint_on_this_machine_will_do():
    far = LlmSettings(base_url="https://api.example.org/v1", model="m")
    with pytest.raises(InvalidEndpointError, match="POLYCUE_OFFLINE"):
        llm_engine(far, offline=True)
    near = LlmSettings(base_url="http://localhost:11434/v1", model="m")
    assert llm_engine(near, offline=True).signature.model == "m"


def test_every_pair_goes_to_the_endpoint_that_was_asked_for(chat, tmp_path):
    request = TranslateRequest(file=tmp_path / "film.srt", targets=("el", "ja"), llm=True)
    localizer = build_localizer(Settings(home=tmp_path), request, None)
    unheard = SimpleNamespace(asset=None, stream=None)
    engines = {localizer.translator_for(pair("en", tag), unheard) for tag in ("el", "ja")}
    assert len(engines) == 1

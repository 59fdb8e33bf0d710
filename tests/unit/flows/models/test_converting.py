"""``polycue models convert``: a model that works is there, or nothing is."""

import pytest
from command import InProcess
from translate_fakes import pair, sentence

from translate.engines.ctranslate2_translator import CTranslate2Translator


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch runs these")
    from tiny_checkpoints import marian_checkpoint

    return marian_checkpoint(tmp_path_factory.mktemp("made") / "en-x", targets=("por", "spa"))


@pytest.mark.torch
def test_a_checkpoint_becomes_a_folder_that_translates(polycue, checkpoint, tmp_path):
    out = tmp_path / "models" / "en-x"
    done = polycue("models", "convert", checkpoint, out)
    assert done.code == 0, done.err
    assert "marian" in done.out
    assert f"--translation-model {out}" in done.out
    assert [path.name for path in out.parent.iterdir()] == ["en-x"]
    en_es = pair("en", "es")
    made = CTranslate2Translator(out, model_name="m", model_revision="r", pairs=[en_es])
    assert made.translate([sentence("Nobody sees us.")], en_es)[0].text


@pytest.mark.torch
def test_a_checkpoint_that_cannot_be_converted_leaves_nothing_behind(polycue, checkpoint, tmp_path):
    import shutil

    damaged = shutil.copytree(checkpoint, tmp_path / "damaged")
    (damaged / "model.safetensors").write_bytes(b"no weights")
    done = polycue("models", "convert", damaged, tmp_path / "models" / "m")
    assert done.code == 5
    assert str(damaged) in done.err
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.torch
def test_a_file_is_translated_by_a_checkpoint_as_it_is(polycue, checkpoint, tmp_path):
    from subtitle_files import write_srt

    film = write_srt(tmp_path / "film.en.srt", ["Nobody sees us.", "Three boxes."])
    options = ("--translation-model", checkpoint, "--out", tmp_path, "--json")
    done = polycue("translate", film, "--to", "es", *options)
    assert done.code == 0, done.err
    assert "engine:transformers" in done.out
    assert (tmp_path / "film.es.srt").exists()


def test_a_folder_with_something_in_it_is_never_written_over(polycue, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", "utf-8")
    done = polycue("models", "convert", tmp_path, out)
    assert done.code == 7
    assert "something is there already" in done.err
    assert [path.name for path in out.iterdir()] == ["notes.txt"]

"""Checkpoints as transformers saves them: run as they are, and converted to the very same."""

import json
import shutil

import pytest
from tiny_models import SENTENCES, train_sentencepiece
from translate_fakes import pair, sentence

from translate.engines.checkpoint import is_checkpoint, open_checkpoint
from translate.engines.ctranslate2_conversion import write_converted
from translate.engines.number_types import Quantization
from translate.engines.torch_extra import require_torch
from translate.errors import InvalidCheckpointError, MissingTorchError
from translate.translator import Ask

EN_PT = pair("en", "pt-BR")
FAMILIES = ("marian", "marian-group", "m2m100", "nllb", "madlad")
TEXTS = [sentence(text) for text in ("The old man sees the blue door.", *SENTENCES[40:45])]


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch runs these")
    from tiny_checkpoints import CHECKPOINTS

    folder = tmp_path_factory.mktemp("checkpoints")
    return {name: CHECKPOINTS[name](folder / name) for name in FAMILIES}


def opened(engine, folder, beam_size=2):
    from translate.engines.decoding import Decoding

    return engine(
        folder,
        model_name="tiny",
        model_revision="digest",
        pairs=[EN_PT],
        decoding=Decoding(
            compute_type="float32", beam_size=beam_size, max_input_tokens=40, device="cpu"
        ),
    )


@pytest.mark.torch
@pytest.mark.parametrize("family", FAMILIES)
def test_a_converted_checkpoint_says_greedily_what_the_checkpoint_says(
    checkpoints, family, tmp_path
):
    from translate.engines.ctranslate2_translator import CTranslate2Translator
    from translate.engines.transformers_translator import TransformersTranslator

    (checkpoints[family] / "LICENSE").write_text("as you like", "utf-8")
    write_converted(checkpoints[family], tmp_path / "model", Quantization.FLOAT32)
    assert (tmp_path / "model" / "LICENSE").read_text("utf-8") == "as you like"
    plain = opened(TransformersTranslator, checkpoints[family], beam_size=1)
    converted = opened(CTranslate2Translator, tmp_path / "model", beam_size=1)
    assert plain.family == converted.family
    said, wanted = (one.translate(TEXTS, EN_PT) for one in (plain, converted))
    assert [one.text for one in said] == [one.text for one in wanted]
    assert len({one.text for one in said}) > 1
    assert [one.score for one in said] == pytest.approx([one.score for one in wanted], abs=0.01)


@pytest.mark.torch
def test_a_checkpoint_answers_every_ask(checkpoints):
    from translate.engines.transformers_translator import TransformersTranslator

    translator = opened(TransformersTranslator, checkpoints["nllb"])
    asks = (
        Ask(candidates=3, wants_alignment=True),
        Ask(candidates=3, brevity=1.0),
        Ask(attempt=1),
        Ask(attempt=2),
    )
    found = [translator.translate(TEXTS, EN_PT, ask) for ask in asks]
    assert any(one.alignment for one in found[0])
    assert any(one.candidates for one in found[0])
    assert len({tuple(one.text for one in some) for some in found}) == len(asks)


@pytest.mark.torch
def test_damaged_weights_are_an_error_that_names_the_folder(checkpoints, tmp_path):
    from translate.engines.transformers_translator import TransformersTranslator

    damaged = shutil.copytree(checkpoints["nllb"], tmp_path / "nllb")
    (damaged / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(InvalidCheckpointError, match="weights cannot be read"):
        opened(TransformersTranslator, damaged)
    with pytest.raises(InvalidCheckpointError, match="conversion fails"):
        write_converted(damaged, tmp_path / "out", Quantization.INT8)


def tiny_folder(folder, **config):
    """All of a Marian checkpoint but real weights, for what is read before them."""
    folder.mkdir()
    pieces = train_sentencepiece(folder / "source.spm")
    train_sentencepiece(folder / "target.spm")
    words = [piece for piece in pieces if piece not in {"<s>", "</s>", "<unk>"}]
    tokens = ["</s>", "<unk>", *words, ">>por<<", "<pad>"]
    numbers = {token: number for number, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(numbers), "utf-8")
    (folder / "model.safetensors").write_bytes(b"")
    known = {"model_type": "marian", "vocab_size": len(tokens)} | config
    (folder / "config.json").write_text(json.dumps(known), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"model_type": "bert"}, "no family"),
        ({"vocab_size": "many"}, "names no vocab_size"),
    ],
)
def test_a_folder_of_another_kind_is_refused_before_its_weights_are_read(tmp_path, config, why):
    with pytest.raises(InvalidCheckpointError, match=why):
        open_checkpoint(tiny_folder(tmp_path / "model", **config))


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors", "vocab.json"])
def test_a_folder_that_lacks_a_file_is_refused(tmp_path, missing):
    folder = tiny_folder(tmp_path / "model")
    (folder / missing).unlink()
    with pytest.raises(InvalidCheckpointError):
        open_checkpoint(folder)


def test_a_converted_model_is_no_checkpoint(tmp_path):
    folder = tiny_folder(tmp_path / "model")
    assert is_checkpoint(folder)
    (folder / "model.bin").write_bytes(b"")
    assert not is_checkpoint(folder)


def test_without_pytorch_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr("translate.engines.torch_extra.find_spec", lambda name: None)
    with pytest.raises(MissingTorchError, match=r"polycue\[torch\]"):
        require_torch()
    with pytest.raises(MissingTorchError):
        write_converted(tmp_path, tmp_path / "out", Quantization.INT8)

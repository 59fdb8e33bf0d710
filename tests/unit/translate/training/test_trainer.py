"""Training itself, on a network that fits in a hand: it learns, resumes to the bit and converts."""
# ruff: noqa: E402 -- what needs PyTorch is imported after it was found missing

import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

torch = pytest.importorskip(
    "torch", reason="PyTorch is not installed: make test-torch runs these with it"
)

import ctranslate2
from training_data import DE, ES, PAIRS, tiny_plan, tiny_run
from translate_fakes import pair

from subtitles.language import LanguageTag
from translate.engines.ctranslate2_translator import CTranslate2Translator, Decoding
from translate.training.batches import BatchRules, epoch_batches, filled
from translate.training.card import add_scores
from translate.training.checkpoints import CHECKPOINT_FILE, read_checkpoint
from translate.training.corpus import read_corpus
from translate.training.errors import (
    BusyRunError,
    DivergedError,
    InvalidRunError,
    InvalidStartModelError,
)
from translate.training.evaluation import evaluate, evaluate_folder
from translate.training.exporting import convert, convert_run, export
from translate.training.loss import smoothed_cross_entropy
from translate.training.network import batch_loss
from translate.training.plan import read_plan, write_plan
from translate.training.preparing import prepare
from translate.training.running import run_network, train
from translate.training.vocabulary import open_vocabulary

pytestmark = [
    pytest.mark.torch,
    # transformers' tokenizer asks for a normaliser that nothing here uses.
    pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses"),
]
EN = LanguageTag("en")


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Tiny products are slower on several threads, and slower still on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return tiny_run(tmp_path_factory.mktemp("runs") / "run", pieces=60_000)


@pytest.fixture(scope="module")
def trained(prepared, tmp_path_factory):
    """A run that has learnt its pairs by heart."""
    run = tmp_path_factory.mktemp("trained") / "run"
    shutil.copytree(prepared, run)
    train(run)
    return run


@pytest.fixture(scope="module")
def marian(trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("marian") / "marian"
    export(trained, folder)
    return folder


def mean_loss(network, run):
    corpus = read_corpus(run / "corpus.npz")
    rules = BatchRules(tokens=500, seed=9, end=0, pad=network.config.pad_token_id)
    batches = epoch_batches(corpus, rules, 0)
    with torch.no_grad():
        losses = [float(batch_loss(network, filled(corpus, one, rules), 0.0)) for one in batches]
    return sum(losses) / len(losses)


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_the_loss_and_its_gradients_are_the_librarys():
    torch.manual_seed(3)
    states = torch.randn(700, 8, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(30, 8, dtype=torch.float64, requires_grad=True)
    bias, wanted = torch.randn(30, dtype=torch.float64), torch.randint(0, 30, (700,))
    mine = smoothed_cross_entropy(states, weight, bias, wanted, 0.1)
    library = torch.nn.functional.cross_entropy(
        states @ weight.t() + bias, wanted, label_smoothing=0.1
    )
    torch.testing.assert_close(mine, library)
    found = torch.autograd.grad(2 * mine, (states, weight))
    torch.testing.assert_close(found, torch.autograd.grad(2 * library, (states, weight)))


def test_padding_changes_no_loss(prepared):
    network = run_network(prepared, read_plan(prepared))
    corpus = read_corpus(prepared / "corpus.npz")
    rules = BatchRules(tokens=50, seed=1, end=0, pad=network.config.pad_token_id)
    lengths = corpus.sources.lengths + corpus.targets.lengths
    short, long = lengths.argmin(keepdims=True), lengths.argmax(keepdims=True)
    alone = [filled(corpus, [one], rules) for one in (short, long)]
    together = filled(corpus, [short, long], rules)
    losses = [batch_loss(network, one, 0.1) * one.pieces for one in alone]
    wanted = sum(losses) / together.pieces
    torch.testing.assert_close(batch_loss(network, together, 0.1), wanted)


def test_a_tiny_model_learns_its_pairs(prepared, trained):
    plan = read_plan(prepared)
    before = run_network(prepared, plan)
    after = run_network(prepared, plan)
    after.load_state_dict(dict(read_checkpoint(trained).averaged), strict=False)
    assert mean_loss(before, prepared) > 4
    assert mean_loss(after, prepared) < 0.5


@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_a_run_stopped_and_taken_up_has_the_very_weights_of_an_unbroken_one(tmp_path, dropout):
    whole = tiny_run(tmp_path / "whole", dropout=dropout)
    broken = tmp_path / "broken"
    shutil.copytree(whole, broken)
    train(whole)
    for stop_after in (7, 1, 40):
        asked = iter(range(stop_after + 1))
        train(broken, should_stop=lambda asked=asked, last=stop_after: next(asked) == last)
        torch.manual_seed(1234)  # what another process would have drawn meanwhile
    assert read_checkpoint(broken).progress.steps == 48
    train(broken)
    one, other = read_checkpoint(whole), read_checkpoint(broken)
    assert one.progress == other.progress
    assert one.progress.epoch > 0
    assert same(one.weights, other.weights)
    assert same(one.averaged, other.averaged)


def test_a_process_told_to_stop_keeps_its_last_step_and_half_a_checkpoint_is_of_no_matter(tmp_path):
    run = tiny_run(tmp_path / "run", pieces=10_000_000)
    command = [sys.executable, "-m", "translate.training", "train", str(run), "--threads", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        next(iter(process.stderr))  # that it goes on, said when its lock is held
        with pytest.raises(BusyRunError, match="another process"):
            train(run)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    first = read_checkpoint(run)
    (run / f".{CHECKPOINT_FILE}.partial").write_bytes(b"half of one, left by kill -9")
    asked = iter([False, False, True])
    assert train(run, should_stop=lambda: next(asked)).steps == first.progress.steps + 2


def test_a_finished_run_trains_on_only_when_given_a_new_end(trained, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(trained, run)
    before = read_checkpoint(run).progress
    assert train(run) == before
    assert train(run, pieces=61_000).pieces > before.pieces
    assert read_plan(run) == replace(read_plan(trained), pieces=61_000)


def test_a_checkpoint_of_other_data_or_a_damaged_one_is_refused(trained, tmp_path):
    other = tmp_path / "other"
    prepare(other, PAIRS[:150], tiny_plan(), attribution="x")
    shutil.copy(trained / CHECKPOINT_FILE, other)
    with pytest.raises(InvalidRunError, match="made with other data"):
        train(other)
    for damage in (b"", b"junk", (trained / CHECKPOINT_FILE).read_bytes()[:5000]):
        (other / CHECKPOINT_FILE).write_bytes(damage)
        with pytest.raises(InvalidRunError, match="is damaged"):
            train(other)


def test_a_checkpoint_of_another_shape_is_refused(trained, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(trained, other)
    plan = read_plan(other)
    write_plan(replace(plan, shape=replace(plan.shape, width=64)), other)
    with pytest.raises(InvalidRunError, match="another network"):
        train(other)


def test_a_loss_that_is_no_number_ends_training_with_a_clear_line(tmp_path):
    run = tiny_run(tmp_path / "run", learning_rate=1e30, warmup_steps=1)
    with pytest.raises(DivergedError, match="lower --learning-rate"):
        train(run)


def test_the_converted_model_says_greedily_what_transformers_says(marian, tmp_path):
    from transformers import MarianMTModel, MarianTokenizer

    convert(marian, tmp_path / "ct2", quantization="float32")
    network, tokenizer = (
        kind.from_pretrained(str(marian)) for kind in (MarianMTModel, MarianTokenizer)
    )
    engine = ctranslate2.Translator(str(tmp_path / "ct2"))
    vocabulary = open_vocabulary(marian)
    names = {number: token for token, number in vocabulary.tokens.items()}
    for one in PAIRS[::7]:
        text = f">>{one.language}<<{one.source}"
        encoded = tokenizer(text, return_tensors="pt")
        said = network.generate(**encoded, num_beams=1, max_new_tokens=60)[0].tolist()
        source = [names[number] for number in encoded.input_ids[0].tolist()]
        (result,) = engine.translate_batch([source], beam_size=1, return_attention=True)
        assert result.hypotheses[0] == [names[number] for number in said[1:-1]]
        assert len(result.attention[0]) >= len(result.hypotheses[0])
        assert len(result.attention[0][0]) == len(source)


def test_the_converted_run_translates_through_the_port_and_carries_its_card(trained, tmp_path):
    folder = tmp_path / "ct2"
    convert_run(trained, folder)
    convert_run(trained, folder)  # over the old one
    assert [one.name for one in tmp_path.iterdir()] == ["ct2"]
    translator = CTranslate2Translator(
        folder,
        model_name="tiny",
        model_revision="1",
        pairs=[pair("en", "es"), pair("en", "de")],
        decoding=Decoding(beam_size=2),
    )
    for target in (ES, DE):
        chosen = [one for one in PAIRS if one.language == target]
        assert evaluate(translator, chosen, EN).chrf > 90
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "Made of a few parts by the tests." in card
    assert "expect heavy editing" in card
    assert "Not measured." in card


def test_scores_of_test_files_replace_those_in_the_card(trained, tmp_path):
    folder, lines = tmp_path / "ct2", tmp_path / "lines.tsv"
    convert_run(trained, folder)
    chosen = [one for one in PAIRS if one.language == DE][:20]
    lines.write_text("".join(f"{one.source}\t{one.target}\n" for one in chosen), encoding="utf-8")
    scores = evaluate_folder(folder, [(DE, lines)], EN)
    add_scores(scores, folder)
    add_scores(scores, folder)
    card = (folder / "README.md").read_text(encoding="utf-8")
    found = scores["en→de, lines.tsv"]
    assert card.count(f"| en→de, lines.tsv | 20 | {found.chrf:.1f} | {found.bleu:.1f} |") == 1
    assert all(f"- `{one}`" in card for one in found.signatures)
    assert "Not measured." not in card
    assert "Made of a few parts by the tests." in card


def test_a_marian_folder_is_fine_tuned_from_where_it_stands(marian, tmp_path):
    run = tmp_path / "run"
    settings = {"learning_rate": 1e-4, "pieces": 500, "warmup_steps": 1}
    prepare(run, PAIRS[:120], tiny_plan(**settings), attribution="x", start=marian)
    start = run_network(run, read_plan(run))
    assert mean_loss(start, run) < 0.6
    train(run)
    export(run, tmp_path / "tuned")
    tuned = run_network(tmp_path / "run", read_plan(run))
    tuned.load_state_dict(dict(read_checkpoint(run).averaged), strict=False)
    assert mean_loss(tuned, run) < 0.6
    assert not torch.equal(tuned.lm_head.weight, start.lm_head.weight)
    convert_run(run, tmp_path / "ct2")
    card = (tmp_path / "ct2" / "README.md").read_text(encoding="utf-8")
    assert "Fine-tuned on 120 sentence pairs (de 60, es 60)" in card
    assert "limits of the model it was made from" in card


def test_weights_that_are_missing_or_of_another_vocabulary_are_refused(marian, tmp_path):
    run = tmp_path / "run"
    prepare(run, PAIRS, tiny_plan(), attribution="x", start=marian)
    (run / "model" / "model.safetensors").unlink()
    with pytest.raises(InvalidStartModelError, match="weights cannot be read"):
        train(run)


def test_a_run_without_a_checkpoint_cannot_be_converted(prepared, tmp_path):
    with pytest.raises(InvalidRunError, match="no checkpoint yet"):
        convert_run(prepared, tmp_path / "ct2")

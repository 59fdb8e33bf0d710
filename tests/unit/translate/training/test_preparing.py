"""Prepared runs: the same bytes each time, held-out lines out, languages named, plans sensible."""

import json
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_data import ATTRIBUTION, ES, PAIRS, tiny_plan, tiny_run

from subtitles.language import LanguageTag
from translate.training.corpus import read_corpus
from translate.training.errors import (
    ExistingRunError,
    InvalidPlanError,
    InvalidRunError,
    InvalidStartModelError,
    MixedLanguagesError,
    TooFewPairsError,
    UnnamedLanguageError,
)
from translate.training.plan import Plan, Shape, read_plan
from translate.training.preparing import prepare
from translate.training.provenance import read_provenance
from translate.training.vocabulary import open_vocabulary


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return tiny_run(tmp_path_factory.mktemp("runs") / "run")


def contents(folder):
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}


def test_preparing_twice_gives_the_same_bytes(run, tmp_path):
    assert contents(tiny_run(tmp_path / "again")) == contents(run)


def test_a_model_says_how_long_nine_of_ten_of_its_sentences_were(run):
    told = json.loads((run / "model" / "limits.json").read_text("utf-8"))
    lengths = [len(one.source) for one in PAIRS]
    shorter = sum(length <= told["longest_sentence_chars"] for length in lengths)
    assert 0.85 * len(lengths) <= shorter < len(lengths)


def test_held_out_sources_are_in_no_sequence(run, tmp_path):
    held = [one for one in PAIRS if "letter" in one.source]
    shouted = [type(one)(source=one.source.upper(), target="x", language=ES) for one in held]
    prepare(tmp_path / "run", PAIRS, tiny_plan(), attribution=ATTRIBUTION, held_out=iter(shouted))
    assert len(read_corpus(tmp_path / "run" / "corpus.npz")) == len(PAIRS) - len(held)
    found = read_provenance(tmp_path / "run")
    assert found.left_out == {"held out": len(held)}
    assert found.pairs == {"de": (len(PAIRS) - len(held)) // 2, "es": (len(PAIRS) - len(held)) // 2}
    assert found.attribution == ATTRIBUTION


def test_a_language_is_named_by_a_token_that_no_text_can_spell(run):
    vocabulary = open_vocabulary(run / "model")
    assert vocabulary.languages == {">>es<<", ">>de<<"}
    token = vocabulary.tokens[">>es<<"]
    assert vocabulary.prefix(ES) == vocabulary.prefix(LanguageTag("es-419")) == [token]
    assert token not in vocabulary.source(">>es<< Good morning.")
    with pytest.raises(UnnamedLanguageError, match="no token for fr, only >>de<<, >>es<<"):
        vocabulary.prefix(LanguageTag("fr"))


@given(st.text(max_size=40))
def test_any_text_is_told_without_the_unknown_token(run, text):
    # Byte pieces stand for characters that training never saw.
    vocabulary = open_vocabulary(run / "model")
    assert 1 not in vocabulary.source(text)


def test_both_kinds_of_apostrophes_are_shown_in_sources(run):
    vocabulary, corpus = open_vocabulary(run / "model"), read_corpus(run / "corpus.npz")
    names = {number: token for token, number in vocabulary.tokens.items()}
    shown = "".join(names[one] for one in corpus.sources.tokens.tolist())
    assert "’" in shown
    assert "'" in shown


def test_nothing_is_made_over_an_existing_folder_or_of_too_few_pairs(run, tmp_path):
    with pytest.raises(ExistingRunError, match="go on with that run"):
        prepare(run, PAIRS, tiny_plan(), attribution=ATTRIBUTION)
    with pytest.raises(TooFewPairsError, match="only 5 sentence pairs"):
        prepare(tmp_path / "few", PAIRS[:5], tiny_plan(), attribution=ATTRIBUTION)
    assert not (tmp_path / "few").exists()


def test_a_start_that_is_no_marian_folder_is_refused(run, tmp_path):
    start = tmp_path / "start"
    start.mkdir()
    with pytest.raises(InvalidStartModelError, match="vocabulary cannot be read"):
        prepare(tmp_path / "run", PAIRS, tiny_plan(), attribution=ATTRIBUTION, start=start)
    for name, content in contents(run / "model").items():
        (start / name).write_bytes(content)
    (start / "vocab.json").write_text(json.dumps({"</s>": 0, "<unk>": 1, "<pad>": 1}))
    with pytest.raises(InvalidStartModelError, match="padding"):
        prepare(tmp_path / "run", PAIRS, tiny_plan(), attribution=ATTRIBUTION, start=start)


def test_a_model_of_one_target_is_not_given_pairs_of_several(run, tmp_path):
    start = tmp_path / "start"
    shutil.copytree(run / "model", start)
    tokens = json.loads((start / "vocab.json").read_text(encoding="utf-8"))
    renamed = {token.replace(">>", "word ").replace("<<", ""): n for token, n in tokens.items()}
    (start / "vocab.json").write_text(json.dumps(renamed), encoding="utf-8")
    with pytest.raises(MixedLanguagesError, match="the pairs are into de, es"):
        prepare(tmp_path / "run", PAIRS, tiny_plan(), attribution=ATTRIBUTION, start=start)
    spanish = [one for one in PAIRS if one.language == ES]
    prepare(tmp_path / "run", spanish, tiny_plan(), attribution=ATTRIBUTION, start=start)
    assert set(read_corpus(tmp_path / "run" / "corpus.npz").languages.tolist()) == {-1}


def test_a_plan_is_read_as_it_was_written_and_a_damaged_one_is_refused(run, tmp_path):
    assert read_plan(run) == tiny_plan()
    for damage in ("", "[]", "{}", '{"shape": {}, "speed": 3}', '{"shape": {"width": 7}}'):
        (tmp_path / "plan.json").write_text(damage)
        with pytest.raises(InvalidRunError, match=r"plan\.json"):
            read_plan(tmp_path)


@pytest.mark.parametrize(
    "settings",
    [
        {"pieces": 0},
        {"learning_rate": -1.0},
        {"warmup_steps": 0},
        {"dropout": 1.0},
        {"smoothing": -0.1},
        {"seed": -1},
    ],
)
def test_a_setting_that_makes_no_sense_is_an_error_that_names_it(settings):
    with pytest.raises(InvalidPlanError, match=next(iter(settings))):
        Plan(**settings)


def test_a_width_is_a_multiple_of_the_heads():
    with pytest.raises(InvalidPlanError, match="width 100"):
        Shape(width=100, heads=8)


def test_the_learning_rate_rises_falls_with_the_root_and_ends_at_nothing():
    plan = Plan(pieces=1000, learning_rate=0.8, warmup_steps=100, cooldown=0.2)
    assert plan.rate(1, 0) == pytest.approx(0.008)
    assert plan.rate(100, 500) == pytest.approx(0.8)
    assert plan.rate(400, 800) == pytest.approx(0.4)
    assert plan.rate(400, 900) == pytest.approx(0.2)
    assert plan.rate(400, 1000) == 0
    assert plan.kept_average(1) < 0.2
    assert plan.kept_average(10_000) > 0.99


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["train", "{tmp}/none"], 5, "plan.json is missing"),
        (["prepare", "{tmp}/run", "{tmp}/none.tsv", "--attribution", "x"], 1, "No such file"),
        (["prepare", "{tmp}/run", "x", "--attribution", "x", "--heads", "0"], 5, "heads 0"),
        (["evaluate", "{tmp}", "--set", "es=x"], 5, "there is no model.bin"),
        (["evaluate", "{tmp}", "--set", "xq=x"], 2, "unknown language"),
        (["convert", "{tmp}", "{tmp}/out"], 5, "vocabulary cannot be read"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, arguments, code, says):
    command = [one.format(tmp=tmp_path) for one in arguments]
    found = subprocess.run(
        [sys.executable, "-m", "translate.training", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    line = found.stderr.strip().splitlines()[-1]
    # Without the extra, what is missing is said first.
    assert says in line or "torch is not installed" in line, found.stderr
    assert found.returncode == code
    assert "Traceback" not in found.stderr


def test_preparing_needs_no_torch():
    script = (
        "import sys, translate.training.__main__;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'ctranslate2')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

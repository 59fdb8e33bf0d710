"""Converted models: what a folder is, how it is spoken to, and what its answers mean."""

import json
import subprocess
import sys
from itertools import cycle, pairwise

import pytest
from tiny_models import (
    SENTENCES,
    marian_folder,
    multilingual_folder,
    reference_log_prob,
    swap_for_tokenizer_json,
    vocabulary_of,
)
from translate_fakes import pair, sentence

from translate.engines.ctranslate2_model import open_model_folder
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding, Search, search_for
from translate.engines.hypotheses import ModelInput
from translate.engines.language_codes import ModelFamily
from translate.engines.subword_tokenizers import load_tokenizer
from translate.errors import InvalidModelFolderError, MissingTokenizerError
from translate.translator import PLAIN, Ask, UnsupportedPairError

EN_PT = pair("en", "pt-BR")
SPM = "sentencepiece.bpe.model"
QUICK = Decoding(max_input_tokens=40, beam_size=2)


@pytest.fixture(scope="module")
def marian(tmp_path_factory):
    return marian_folder(tmp_path_factory.mktemp("models") / "marian")


@pytest.fixture(scope="module")
def marian_group(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "group"
    return marian_folder(folder, targets=("por", "spa"), adds_end=True)


@pytest.fixture(scope="module")
def nllb(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "nllb"
    return multilingual_folder(folder, ("eng_Latn", "por_Latn"), spm_name=SPM)


@pytest.fixture(scope="module")
def m2m(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "m2m"
    return multilingual_folder(folder, ("__en__", "__pt__"), spm_name=SPM)


@pytest.fixture(scope="module")
def madlad(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "madlad"
    return multilingual_folder(folder, ("<2en>", "<2pt>"), spm_name="spiece.model")


def opened(folder, *pairs, decoding=QUICK):
    return CTranslate2Translator(
        folder, model_name="tiny", model_revision="digest", pairs=pairs, decoding=decoding
    )


class Spy:
    """Stands before the engine and keeps what it was asked."""

    def __init__(self, model):
        self.model, self.sources, self.calls = model, [], []

    @property
    def options(self):
        return self.calls[-1]

    def translate_batch(self, sources, **options):
        self.sources += sources
        self.calls.append(options)
        return self.model.translate_batch(sources, **options)


def asked(translator, text, wanted=EN_PT, ask=PLAIN):
    runner = translator._runner
    spy = runner._model = Spy(runner._model)
    translator.translate([sentence(text)], wanted, ask)
    runner._model = spy.model
    return spy


def test_each_family_is_told_by_its_files(marian, marian_group, nllb, m2m, madlad):
    families = [open_model_folder(one).family for one in (marian, marian_group, nllb, m2m, madlad)]
    assert families == [
        ModelFamily.MARIAN,
        ModelFamily.MARIAN,
        ModelFamily.NLLB,
        ModelFamily.M2M100,
        ModelFamily.MADLAD,
    ]


def test_each_family_is_spoken_to_in_its_own_way(marian, marian_group, nllb, m2m, madlad):
    text = SENTENCES[0]
    spy = asked(opened(marian, EN_PT), text)
    assert (spy.sources[0][0][0], spy.sources[0][-1]) == ("▁", "</s>")
    assert spy.options["target_prefix"] is None
    # A model whose converter said so closes its input itself.
    spy = asked(opened(marian_group, EN_PT), text)
    assert spy.sources[0][0] == ">>por<<"
    assert "</s>" not in spy.sources[0]
    spy = asked(opened(nllb), text)
    assert (spy.sources[0][0], spy.sources[0][-1]) == ("eng_Latn", "</s>")
    assert spy.options["target_prefix"] == [["por_Latn"]]
    spy = asked(opened(m2m), text)
    assert (spy.sources[0][0], spy.sources[0][-1]) == ("__en__", "</s>")
    assert spy.options["target_prefix"] == [["__pt__"]]
    spy = asked(opened(madlad), text)
    assert (spy.sources[0][0], spy.sources[0][-1]) == ("<2pt>", "</s>")
    assert spy.options["target_prefix"] is None


def test_every_piece_sent_is_in_the_models_vocabulary(marian, nllb):
    for folder, pairs in ((marian, [EN_PT]), (nllb, [])):
        spy = asked(opened(folder, *pairs), SENTENCES[7])
        assert set(spy.sources[0]) <= set(vocabulary_of(folder))


@pytest.mark.parametrize(
    ("wanted", "served"),
    [
        (EN_PT, True),
        (pair("en", "pt"), False),
        (pair("pt-BR", "en"), False),
        (pair("en", "fr"), False),
    ],
)
def test_a_bilingual_model_serves_the_pairs_it_was_given_for(marian, wanted, served):
    assert opened(marian, EN_PT).supports(wanted) is served
    assert not opened(marian).supports(wanted)


@pytest.mark.parametrize(
    ("wanted", "served"),
    [
        (pair("en", "pt-BR"), True),
        (pair("en", "es-419"), True),
        (pair("en", "pt-PT"), False),
        (pair("en", "fr"), False),
        (pair("de", "pt-BR"), False),
    ],
)
def test_a_group_model_serves_the_targets_it_names(marian_group, wanted, served):
    assert opened(marian_group, EN_PT).supports(wanted) is served


def test_pairs_narrow_a_multilingual_model(nllb):
    back = pair("pt-BR", "en")
    assert opened(nllb).supports(EN_PT)
    assert opened(nllb).supports(back)
    assert opened(nllb, EN_PT).supports(EN_PT)
    assert not opened(nllb, EN_PT).supports(back)
    with pytest.raises(UnsupportedPairError, match="try en→pt-BR"):
        opened(nllb, EN_PT).translate([sentence("Olá.")], back)


def test_a_long_sentence_is_cut_and_joined_and_nothing_is_left_out(marian):
    spy = asked(opened(marian, EN_PT), " ".join(SENTENCES[:20]))
    assert len(spy.sources) > 5
    assert all(len(source) <= QUICK.max_input_tokens + 1 for source in spy.sources)
    assert spy.options["max_input_length"] == 0
    sent = "".join("".join(source[:-1]) for source in spy.sources).replace("▁", "")
    # They are batched by length: the order is another, the characters are the same.
    assert sorted(sent) == sorted("".join(SENTENCES[:20]).replace(" ", ""))


@pytest.mark.parametrize("brevity", [0.0, 0.5, 1.0])
def test_a_score_is_the_mean_log_probability_of_the_tokens_however_it_was_searched(marian, brevity):
    translator = opened(marian, EN_PT)
    search = search_for(QUICK, Ask(candidates=2, brevity=brevity))
    inputs = [ModelInput(asked(translator, text).sources[0], []) for text in SENTENCES[:30]]
    checked = 0
    for given, hypotheses in zip(inputs, translator._runner.run(inputs, search), strict=True):
        for one in hypotheses:
            if len(one.tokens) < len(given.tokens):  # did not run into the limit
                wanted = reference_log_prob(marian, given.tokens, one.tokens)
                # With the unknown token forbidden, the others share its probability.
                assert wanted - 0.001 <= one.score <= min(0, wanted + 0.2)
                checked += 1
    assert checked >= 5, "too few sentences of the tiny model end by themselves: change its seed"


def test_the_prefix_that_names_the_language_does_not_better_the_score(m2m):
    translator = opened(m2m, decoding=Decoding(max_input_tokens=40, beam_size=1))
    for text in SENTENCES[:100]:
        spy = asked(translator, text)
        options = {**spy.options, "disable_unk": False, "asynchronous": False}
        (result,) = spy.model.translate_batch(spy.sources, **options)
        if result.hypotheses[0][-1] == "</s>":
            break
    else:
        pytest.fail("no sentence of the tiny model ends by itself: change its seed")
    tokens = result.hypotheses[0]
    (found,) = translator.translate([sentence(text)], EN_PT)
    diluted = result.scores[0]
    assert diluted * len(tokens) / (len(tokens) - 1) == pytest.approx(found.score, abs=0.1)


def test_candidates_come_best_first_and_no_more_than_asked(nllb):
    decoding = Decoding(max_input_tokens=40, beam_size=4)
    ask = Ask(candidates=3)
    (found,) = opened(nllb, decoding=decoding).translate([sentence(SENTENCES[3])], EN_PT, ask)
    assert 1 <= len(found.candidates) <= 2
    assert len({one.text for one in found.renderings}) == len(found.renderings)
    scores = [one.score for one in found.renderings]
    assert scores == sorted(scores, reverse=True)


def test_every_option_that_changes_the_output_is_signed(marian):
    plain = opened(marian, EN_PT).signature
    other = opened(marian, EN_PT, decoding=Decoding(max_input_tokens=40, beam_size=3)).signature
    more_threads = opened(
        marian, EN_PT, decoding=Decoding(max_input_tokens=40, beam_size=2, threads=1)
    ).signature
    assert plain != other
    assert plain == more_threads
    assert (plain.model, plain.model_revision) == ("tiny", "digest")


def test_control_and_language_tokens_never_reach_the_text(nllb, m2m, madlad):
    for folder in (nllb, m2m, madlad):
        for found in opened(folder).translate([sentence(one) for one in SENTENCES[:40]], EN_PT):
            assert not any(
                mark in found.text for mark in ("<pad>", "</s>", "_Latn", "__pt__", "<2pt>", "⁇")
            )


def test_a_tokenizer_json_speaks_like_the_sentencepiece_file_it_replaces(tmp_path):
    folder = multilingual_folder(tmp_path / "json", ("eng_Latn", "por_Latn"), spm_name=SPM)
    before = load_tokenizer(folder)
    pieces = before.pieces(SENTENCES[:10])
    swap_for_tokenizer_json(folder, SPM)
    after = load_tokenizer(folder)
    assert after.pieces(SENTENCES[:10]) == pieces
    assert [after.text(one) for one in pieces] == [before.text(one) for one in pieces]
    # Dialogue that spells a control token is dialogue.
    (shown,) = after.pieces(["the man says </s> por_Latn"])
    assert "</s>" not in shown
    assert "por_Latn" not in shown
    assert opened(folder).supports(EN_PT)


def test_reading_a_tokenizer_json_gives_no_advice_about_torch(tmp_path):
    folder = multilingual_folder(tmp_path / "json", ("eng_Latn", "por_Latn"), spm_name=SPM)
    swap_for_tokenizer_json(folder, SPM)
    script = (
        "from pathlib import Path;"
        "from translate.engines.subword_tokenizers import load_tokenizer;"
        f"print(load_tokenizer(Path({str(folder)!r})).pieces(['the man']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0
    assert "PyTorch" not in found.stderr + found.stdout


def test_importing_the_adapter_does_not_import_transformers():
    script = (
        "import sys, translate.engines.ctranslate2_translator;"
        "sys.exit(any(name in sys.modules for name in ('transformers', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda at: (at / "model.bin").unlink(), "there is no model.bin"),
        (lambda at: (at / "model.bin").write_bytes(b"junk"), "is no usable translation model"),
        (lambda at: (at / "shared_vocabulary.json").unlink(), "there is no vocabulary file"),
        (lambda at: (at / "shared_vocabulary.json").write_text("{}"), "vocabulary.json is damaged"),
        (lambda at: (at / "config.json").write_text("{"), "config.json is damaged"),
        (lambda at: (at / "config.json").write_text("[]"), "config.json is damaged"),
        (lambda at: (at / "limits.json").write_text("[]"), "names no longest_sentence_chars"),
        (
            lambda at: (at / "limits.json").write_text('{"longest_sentence_chars": 0}'),
            "names no longest_sentence_chars",
        ),
    ],
)
def test_a_damaged_folder_is_an_error_that_says_what_is_wrong(tmp_path, damage, why):
    folder = marian_folder(tmp_path / "damaged")
    damage(folder)
    with pytest.raises(InvalidModelFolderError, match=why) as caught:
        opened(folder, EN_PT)
    assert "\n" not in str(caught.value)


def test_a_model_of_no_known_family_is_refused(tmp_path):
    folder = multilingual_folder(tmp_path / "unknown", ("xx", "yy"), spm_name=SPM)
    with pytest.raises(InvalidModelFolderError, match="no language tokens"):
        opened(folder)


@pytest.mark.parametrize(
    "damage",
    [
        lambda at: (at / SPM).unlink(),
        lambda at: (at / SPM).write_bytes(b"junk"),
        lambda at: ((at / SPM).unlink(), (at / "tokenizer.json").write_text("{}")),
    ],
)
def test_a_missing_or_damaged_tokenizer_is_an_error_that_names_the_files(tmp_path, damage):
    folder = multilingual_folder(tmp_path / "nllb", ("eng_Latn", "por_Latn"), spm_name=SPM)
    damage(folder)
    with pytest.raises(MissingTokenizerError, match=r"sentencepiece\.bpe\.model"):
        opened(folder)


def test_older_conversions_with_text_vocabularies_are_read(tmp_path):
    folder = marian_folder(tmp_path / "old", targets=("por",))
    tokens = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    (folder / "shared_vocabulary.json").unlink()
    (folder / "shared_vocabulary.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    translator = opened(folder, EN_PT)
    assert translator.supports(EN_PT)
    assert translator.translate([sentence(SENTENCES[0])], EN_PT)[0].text


def test_more_brevity_never_chooses_a_longer_rendering_of_the_same_beam(marian):
    runner = opened(marian, EN_PT)._runner
    inputs = [ModelInput(asked(opened(marian, EN_PT), one).sources[0], []) for one in SENTENCES[:8]]
    lengths = []
    for power in (1.0, 0.2, -1.0):
        search = Search(beam_size=8, hypotheses=8, length_power=power)
        lengths.append([len(one[0].tokens) for one in runner.run(inputs, search)])
    for earlier, later in pairwise(lengths):
        assert all(short <= long for long, short in zip(earlier, later, strict=True))
    assert sum(lengths[-1]) < sum(lengths[0])


def test_sentences_of_several_pairs_in_one_batch_are_translated_as_alone(tmp_path):
    folder = marian_folder(tmp_path / "group", targets=("por", "spa", "fra"))
    pairs = [pair("en", target) for target in ("pt-BR", "es", "fr")]
    translator = opened(folder, *pairs)
    items = [(sentence(text), one) for text, one in zip(SENTENCES[:9], cycle(pairs), strict=False)]
    ask = Ask(candidates=2, wants_alignment=True)
    mixed = translator.translate_mixed(items, ask)
    alone = [translator.translate([one], wanted, ask)[0] for one, wanted in items]
    assert [one.text for one in mixed] == [one.text for one in alone]
    # The attention that the engine gives for a first token is not always the sentence's own.
    for one, other in zip(mixed, alone, strict=True):
        assert one.alignment
        assert [(link.target, link.source) for link in one.alignment] == [
            (link.target, link.source) for link in other.alignment
        ]
    assert len({translator.translate([items[0][0]], one)[0].text for one in pairs}) > 1
    with pytest.raises(UnsupportedPairError):
        translator.translate_mixed([*items, (sentence("x y"), pair("en", "ja"))])


def test_what_runs_on_is_stopped_at_a_length_of_its_own_whatever_stands_beside_it(nllb):
    translator = opened(nllb, decoding=Decoding(max_input_tokens=200, beam_size=1))
    short, long = SENTENCES[0], " ".join(SENTENCES[:6])
    (alone,) = translator.translate([sentence(short)], EN_PT)
    beside, _ = translator.translate([sentence(short), sentence(long)], EN_PT)
    assert beside == alone
    spy = asked(translator, short)
    assert spy.options["max_decoding_length"] < 2 * len(spy.sources[0]) + 50


def test_half_a_character_is_no_error(marian):
    (found,) = opened(marian, EN_PT).translate([sentence("the \ud800 man")], EN_PT)
    assert found.text


def test_parts_without_a_letter_of_a_long_sentence_stay_as_they_are(marian):
    numbers = " ".join(map(str, range(100)))
    (found,) = opened(marian, EN_PT).translate([sentence(f"the old man, {numbers}")], EN_PT)
    assert found.text.endswith(" 96 97 98 99")

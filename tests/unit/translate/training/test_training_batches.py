"""Batches: every pair once an epoch, hardly any padding, the same order for the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.training.batches import BatchRules, epoch_batches, filled
from translate.training.corpus import Corpus, Side, read_corpus, write_corpus
from translate.training.errors import InvalidRunError

END, PAD = 0, 99


def side(lengths, first):
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    tokens = (np.arange(starts[-1]) % 50 + first).astype(np.int32)
    return Side(tokens=tokens, starts=starts)


def made(lengths, languages=(2, 3)):
    named = np.array([languages[n % len(languages)] for n in range(len(lengths))], dtype=np.int32)
    sources = side([max(1, one - 1) for one in lengths], 10)
    return Corpus(sources=sources, targets=side(lengths, 40), languages=named, revision="r")


def rules(tokens=60, seed=1):
    return BatchRules(tokens=tokens, seed=seed, end=END, pad=PAD)


corpora = st.lists(st.integers(1, 30), min_size=1, max_size=60).map(made)


@given(corpora, st.integers(0, 3), st.integers(10, 200))
def test_every_pair_comes_once_an_epoch_and_joined_ones_are_of_one_language(corpus, epoch, tokens):
    batches = epoch_batches(corpus, rules(tokens), epoch)
    groups = [group for batch in batches for group in batch]
    assert sorted(np.concatenate(groups).tolist()) == list(range(len(corpus)))
    assert all(len(set(corpus.languages[group].tolist())) == 1 for group in groups)


@given(corpora, st.integers(10, 200))
def test_a_batch_keeps_within_its_tokens_unless_one_sequence_alone_is_longer(corpus, tokens):
    for groups in epoch_batches(corpus, rules(tokens), 0):
        batch = filled(corpus, groups, rules(tokens))
        assert batch.targets.size <= tokens or len(groups) == 1
        assert batch.pieces == int((batch.targets != PAD).sum())


def test_a_row_is_language_source_and_end_and_its_target_and_end():
    corpus = made([3, 2], languages=(2,))
    groups = [np.array([0, 1], dtype=np.int32), np.array([1], dtype=np.int32)]
    batch = filled(corpus, groups, rules())
    assert batch.sources.tolist() == [[2, 10, 11, 12, END], [2, 12, END, PAD, PAD]]
    assert batch.targets[1].tolist() == [43, 44, END, PAD, PAD, PAD]
    bilingual = filled(made([3], languages=(-1,)), groups[1:] and [np.array([0])], rules())
    assert bilingual.sources.tolist() == [[10, 11, END]]


def test_the_order_is_the_same_for_the_same_seed_and_another_in_the_next_epoch():
    corpus = made([5, 6, 7, 8] * 30)

    def order(seed, epoch):
        batches = epoch_batches(corpus, rules(seed=seed), epoch)
        return [pair for batch in batches for group in batch for pair in group.tolist()]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1) != order(2, 1)


def test_a_large_corpus_is_hardly_padded_and_some_sequences_are_joined():
    random = np.random.default_rng(7)
    corpus = made(random.integers(3, 20, 4000).tolist())
    batches = epoch_batches(corpus, rules(1000), 0)
    arrays = [filled(corpus, groups, rules(1000)) for groups in batches]
    assert sum(one.pieces for one in arrays) / sum(one.targets.size for one in arrays) > 0.95
    assert max(one.targets.shape[1] for one in arrays) > 40


def test_a_corpus_is_read_as_it_was_written_and_a_damaged_one_is_refused(tmp_path):
    path = tmp_path / "corpus.npz"
    write_corpus(made([3, 4, 5]), path)
    first, second = read_corpus(path), read_corpus(path)
    assert first.sources.of(1).tolist() == made([3, 4, 5]).sources.of(1).tolist()
    assert first.revision == second.revision
    write_corpus(made([3, 4, 6]), path)
    assert read_corpus(path).revision != first.revision
    for damage in (b"junk", b"PK\x03\x04junk", b""):
        path.write_bytes(damage)
        with pytest.raises(InvalidRunError, match="damaged"):
            read_corpus(path)

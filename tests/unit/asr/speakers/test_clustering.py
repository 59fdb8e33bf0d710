"""How many voices there are, and which is whose."""

import numpy as np
import pytest

from asr.speakers.clustering import BLOCK, NOBODY, VoiceRules, voices_of

RULES = VoiceRules(same_voice=0.3, least_weight=2.0, switch_cost=0.15, stranger=0.2)
DIMENSIONS = 64


def voices(count, seed=5):
    """Unit vectors that are not alike."""
    drawn = np.random.default_rng(seed).standard_normal((DIMENSIONS, count))
    return np.linalg.qr(drawn)[0].T.astype(np.float32)


def heard(order, *, noise=0.6, seed=3, known=None):
    """A vector per window: the voice of the order, blurred, of length 1."""
    known = voices(max(order) + 1) if known is None else known
    random = np.random.default_rng(seed)
    blur = random.standard_normal((len(order), DIMENSIONS)) / np.sqrt(DIMENSIONS)
    vectors = known[list(order)] + noise * blur
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def labelled(vectors, *, weights=None, runs=None, rules=RULES):
    weights = np.ones(len(vectors), dtype=np.float32) if weights is None else np.array(weights)
    runs = [range(len(vectors))] if runs is None else runs
    return list(voices_of(vectors, weights, runs, rules))


def same_partition(found, expected):
    pairs = set(zip(found, expected, strict=True))
    return len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


@pytest.mark.parametrize("speakers", [1, 2, 5])
def test_as_many_voices_are_found_as_speak(speakers):
    order = [number // 8 % speakers for number in range(8 * 5 * speakers)]
    assert same_partition(labelled(heard(order)), order)


def test_many_windows_are_grouped_block_by_block_with_the_same_result():
    order = [number // 40 % 4 for number in range(3 * BLOCK + 50)]
    assert same_partition(labelled(heard(order)), order)


def test_more_groups_than_fit_into_memory_leave_the_lightest_out(monkeypatch):
    monkeypatch.setattr("asr.speakers.clustering.BLOCK", 40)
    monkeypatch.setattr("asr.speakers.clustering.MOST_GROUPS", 8)
    order = [number // 10 % 2 for number in range(120)]
    vectors = heard(order)
    noise = np.random.default_rng(9).standard_normal((40, DIMENSIONS)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    runs = [range(120), *(range(at, at + 1) for at in range(120, 160))]
    found = labelled(np.concatenate([vectors, noise]), runs=runs)
    assert same_partition(found[:120], order)


def test_a_voice_heard_too_shortly_is_nobodys_instead_of_somebody_elses():
    order = [0] * 10 + [1] + [0] * 10
    found = labelled(heard(order), runs=[range(10), range(10, 11), range(11, 21)])
    assert found[10] == NOBODY
    assert len(set(found) - {NOBODY}) == 1


def test_a_window_too_short_to_found_a_voice_joins_the_one_it_is_like():
    order = [0] * 6 + [1] * 6 + [0]
    weights = [1.0] * 12 + [0.0]
    runs = [range(6), range(6, 12), range(12, 13)]
    found = labelled(heard(order), weights=weights, runs=runs)
    assert found[12] == found[0] != found[6]


def test_windows_that_are_all_too_short_are_judged_by_what_there_is():
    assert len(set(labelled(heard([0] * 4), weights=[0.0] * 4))) == 1


def test_a_single_window_is_one_speaker():
    assert labelled(heard([0])) == [0]


def test_a_blurred_window_inside_a_run_does_not_change_the_speaker():
    known = voices(2)
    vectors = heard([0] * 8 + [1] * 8, noise=0.2, known=known)
    between = 0.69 * known[0] + 0.73 * known[1]
    vectors[4] = between / np.linalg.norm(between)
    assert len(set(labelled(vectors)[:8])) == 1
    no_cost = VoiceRules(same_voice=0.3, least_weight=2.0, switch_cost=0.0, stranger=0.2)
    assert len(set(labelled(vectors, rules=no_cost)[:8])) == 2


def test_the_result_does_not_depend_on_chance():
    vectors = heard([0, 1] * 20, noise=1.0)
    assert labelled(vectors) == labelled(vectors.copy())

"""The voice network and the file of its weights."""

import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
from voice_models import voice_weights, write_checkpoint

from asr.errors import UnusableModelError
from asr.speakers.campplus import CampPlus
from asr.speakers.filterbank import MEL_BANDS
from asr.speakers.torch_weights import read_weights


def features(windows=3, frames=120, seed=0):
    drawn = np.random.default_rng(seed).standard_normal((windows, frames, MEL_BANDS))
    return drawn.astype(np.float32)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    return write_checkpoint(tmp_path_factory.mktemp("voices") / "net.pt", voice_weights())


@pytest.fixture(scope="module")
def network(checkpoint):
    return CampPlus(checkpoint, model_name="tiny")


def test_weights_come_out_as_they_went_in(checkpoint):
    expected = voice_weights()
    found = read_weights(checkpoint, model_name="tiny")
    assert list(found) == list(expected)
    assert all(np.array_equal(found[name], expected[name]) for name in expected)


def test_vectors_have_length_one_whatever_the_number_of_frames(network):
    for frames in (1, 2, 7, 99, 100, 101, 230):
        vectors = network.embed(features(2, frames))
        assert vectors.shape == (2, network.dimensions)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_window_gives_the_same_vector_alone_and_in_a_batch(network):
    batch = features(5)
    alone = np.concatenate([network.embed(one[np.newaxis]) for one in batch])
    assert np.allclose(network.embed(batch), alone, atol=1e-5)


def test_different_windows_give_different_vectors(network):
    vectors = network.embed(features(2))
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_weights_of_another_network_are_refused(tmp_path):
    weights = voice_weights()
    del weights["xvector.dense.linear.weight"]
    with pytest.raises(UnusableModelError, match="another network"):
        CampPlus(write_checkpoint(tmp_path / "net.pt", weights), model_name="tiny")
    weights = voice_weights() | {"xvector.transit1.linear.weight": np.ones((3, 3, 1), np.float32)}
    with pytest.raises(UnusableModelError, match="another network"):
        CampPlus(write_checkpoint(tmp_path / "net.pt", weights), model_name="tiny")


class Attack:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_pickle_that_calls_something_is_refused_and_calls_nothing(tmp_path):
    proof = tmp_path / "called"
    path = tmp_path / "net.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(OrderedDict(a=Attack(proof))))
    with pytest.raises(UnusableModelError, match="cannot be read"):
        read_weights(path, model_name="tiny")
    assert not proof.exists()


@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_a_cut_off_file_is_refused(checkpoint, tmp_path, cut):
    path = tmp_path / "net.pt"
    path.write_bytes(checkpoint.read_bytes()[:cut])
    with pytest.raises(UnusableModelError, match="'tiny'"):
        CampPlus(path, model_name="tiny")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnusableModelError):
        CampPlus(tmp_path / "net.pt", model_name="tiny")


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = write_checkpoint(tmp_path / "net.pt", voice_weights())
    monkeypatch.setattr("asr.speakers.torch_weights._MOST_BYTES", 1000)
    with pytest.raises(UnusableModelError, match="cannot be read"):
        read_weights(path, model_name="tiny")

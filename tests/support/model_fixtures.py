"""Models and workspaces that are made once per test run."""

import shutil

import pytest
from command import VIDEO, ran


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory):
    """A models folder with the starter tier's speech model; tests must not write to it."""
    from flows.models.commands import pull_model
    from flows.models.registry import load_registry

    folder = tmp_path_factory.mktemp("models")
    pull_model(
        load_registry(), "whisper-base", cache_dir=folder, allow_noncommercial=False, offline=True
    )
    return folder


@pytest.fixture
def models_copy(models_folder, tmp_path):
    """A models folder of one's own, to damage."""
    copy = tmp_path / "models-copy"
    shutil.copytree(models_folder, copy)
    return copy


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The folder of a small English model, for tests of everything but accuracy."""
    from flows.models.registry import load_registry, require
    from flows.models.resolve import resolve

    entry = require(load_registry(), "whisper-tiny.en")
    cache = tmp_path_factory.mktemp("tiny")
    return resolve(entry, cache_dir=cache, allow_noncommercial=False, offline=True).directory


@pytest.fixture
def new_home(tmp_path, models_folder):
    """A fresh workspace with models and nothing else."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models_folder)
    return home


@pytest.fixture(scope="session")
def _recognized(tmp_path_factory, models_folder):
    folder = tmp_path_factory.mktemp("recognized")
    home = folder / "home"
    home.mkdir()
    (home / "models").symlink_to(models_folder)
    done = ran(home, "run", VIDEO, "--out", folder / "out", "--quiet")
    assert done.code == 0, done.err
    return home / "artifacts"


@pytest.fixture
def warm_home(new_home, _recognized):
    """A workspace in which the sample video is recognised already; its queue is empty."""
    shutil.copytree(_recognized, new_home / "artifacts")
    return new_home

"""The starter models, joined and verified once per test run."""

import shutil

import pytest


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

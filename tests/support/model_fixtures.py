"""Models and workspaces that are made once per test run."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import VIDEO, home_with_models, ran
from once_per_run import once_per_run


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory):
    """A models folder with the starter tier's speech model; tests must not write to it."""
    from flows.models.commands import pull_model
    from flows.models.registry import load_registry

    def pull(folder):
        pull_model(
            load_registry(),
            "whisper-base",
            cache_dir=folder,
            allow_noncommercial=False,
            offline=True,
        )

    return once_per_run(tmp_path_factory, "models", pull)


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
    return home_with_models(tmp_path, models_folder)


@dataclass(frozen=True)
class Finished:
    """What one run of the command left: tests that only look at it share it."""

    home: Path
    out: Path
    report: dict


@pytest.fixture(scope="session")
def main_job(tmp_path_factory, models_folder):
    """The main job on the sample video, into Brazilian Portuguese; tests must not write to it."""

    def make(folder):
        home = home_with_models(folder, models_folder)
        done = ran(home, "run", VIDEO, "--to", "pt-BR", "--out", folder / "out", "--json")
        assert done.code == 0, done.err
        (folder / "report.json").write_text(done.out, "utf-8")

    folder = once_per_run(tmp_path_factory, "main-job", make)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return Finished(home=folder / "home", out=folder / "out", report=report)


@pytest.fixture
def warm_home(new_home, main_job):
    """A workspace in which the sample video is recognised already; its queue is empty."""
    shutil.copytree(main_job.home / "artifacts", new_home / "artifacts")
    return new_home

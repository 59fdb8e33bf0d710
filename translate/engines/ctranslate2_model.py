"""A folder with a model that was converted to CTranslate2, read from its files."""

from collections.abc import Collection
from pathlib import Path

from translate.engines.language_codes import ModelFamily
from translate.engines.model_folder import (
    CONFIG_FILE,
    ModelFolder,
    family_of,
    longest_sentence_of,
    read_json,
)
from translate.errors import InvalidModelFolderError
from translate.translator import LanguagePair

WEIGHTS_FILE = "model.bin"


def open_model_folder(path: Path, pairs: Collection[LanguagePair] = ()) -> ModelFolder:
    """Read what kind of model lies in a folder.

    Args:
        path: A folder made by a CTranslate2 converter, with the model's tokenizer files.
        pairs: Pairs it serves, needed for OPUS-MT models, whose files do not say; else a limit.

    Raises:
        InvalidModelFolderError: when files are missing, damaged or of no known family.
    """
    if not (path / WEIGHTS_FILE).is_file():
        raise InvalidModelFolderError(str(path), f"there is no {WEIGHTS_FILE}")
    config = read_json(path / CONFIG_FILE) if (path / CONFIG_FILE).is_file() else {}
    if not isinstance(config, dict):
        raise InvalidModelFolderError(str(path), f"{CONFIG_FILE} is damaged")
    target = _vocabulary(path, "target")
    source = _vocabulary(path, "source")
    family = family_of(path, source | target)
    return ModelFolder(
        path=path,
        family=family,
        # OPUS-MT writes ">>xx<<" into the source; the others' language tokens are on both sides.
        vocabulary=source if family is ModelFamily.MARIAN else target,
        adds_end=bool(config.get("add_source_eos", False)),
        pairs=frozenset(pairs),
        longest_sentence_chars=longest_sentence_of(path),
    )


def _vocabulary(path: Path, side: str) -> frozenset[str]:
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        if (path / f"{name}.json").is_file():
            tokens = read_json(path / f"{name}.json")
            if not isinstance(tokens, list):
                raise InvalidModelFolderError(str(path), f"{name}.json is damaged")
            return frozenset(map(str, tokens))
        if (path / f"{name}.txt").is_file():
            return frozenset((path / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    raise InvalidModelFolderError(str(path), "there is no vocabulary file")

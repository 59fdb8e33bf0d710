"""Between text and what a sequence model of some family takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from subtitles.language import LanguageTag, is_unspaced
from translate.engines.attention import Side, links
from translate.engines.hypotheses import Hypothesis, ModelInput
from translate.engines.language_codes import ModelFamily, is_language_token
from translate.engines.model_folder import ModelFolder
from translate.engines.subword_tokenizers import Tokenizer
from translate.translator import LanguagePair, Rendering

_END = "</s>"
_CONTROLS = frozenset({"<s>", "</s>", "<pad>", "<unk>", "<mask>"})
_PREFIXED = frozenset({ModelFamily.M2M100, ModelFamily.NLLB})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What a family puts around the tokens of a text of some pair.

    Attributes:
        opening: Before them: the language token, if any.
        end: After them.
        prefix: What the output has to begin with.
    """

    opening: list[str]
    end: list[str]
    prefix: list[str]


class ModelCodec:
    """How one model is spoken to, and what its answers say."""

    def __init__(self, folder: ModelFolder, tokenizer: Tokenizer) -> None:
        self._folder, self._tokenizer = folder, tokenizer
        self._frames: dict[LanguagePair, _Frame] = {}

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """Each text's tokens, language and end tokens not among them."""
        return self._tokenizer.pieces(texts)

    def model_input(self, tokens: list[str], pair: LanguagePair) -> ModelInput:
        """The tokens between those that the family puts around them."""
        frame = self._frame(pair)
        return ModelInput([*frame.opening, *tokens, *frame.end], frame.prefix)

    def rendering(
        self, text: str, answer: Hypothesis, pair: LanguagePair, *, wants_alignment: bool
    ) -> Rendering:
        """What a hypothesis says; a control or language token inside is a slip of the model's.

        Args:
            text: What was translated, for the alignment.
            answer: The hypothesis.
            pair: The languages.
            wants_alignment: Whether the rendering gets one, where the hypothesis has attention.
        """
        family = self._folder.family
        kept = [
            number
            for number, token in enumerate(answer.tokens)
            if token not in _CONTROLS and not is_language_token(family, token)
        ]
        said = [answer.tokens[number] for number in kept]
        full = self._tokenizer.text(said)
        rendering = Rendering(text=full.strip(), score=answer.score)
        if not (wants_alignment and answer.attention and rendering.text):
            return rendering
        source = Side(
            text=text,
            places=self._tokenizer.source_places(text),
            is_spaced=not is_unspaced(pair.source),
        )
        shift = len(full) - len(full.lstrip())
        places = self._tokenizer.target_places(said)
        target = Side(
            text=rendering.text,
            places=[(max(0, start - shift), max(0, end - shift)) for start, end in places],
            is_spaced=not is_unspaced(pair.target),
        )
        first = len(self._frame(pair).opening)
        columns = slice(first, first + len(source.places))
        attention = [answer.attention[number][columns] for number in kept]
        return Rendering(
            text=rendering.text, score=answer.score, alignment=links(source, target, attention)
        )

    def _frame(self, pair: LanguagePair) -> _Frame:
        """Found once a pair: reading a tag and its likely script costs more than a short text."""
        known = self._frames.get(pair)
        if known is None:
            known = self._frames[pair] = self._framed(pair)
        return known

    def _framed(self, pair: LanguagePair) -> _Frame:
        folder = self._folder
        named: LanguageTag | None = {
            ModelFamily.MARIAN: pair.target if folder.has_targets else None,
            ModelFamily.MADLAD: pair.target,
            ModelFamily.M2M100: pair.source,
            ModelFamily.NLLB: pair.source,
        }[folder.family]
        token = folder.token(named) if named else None
        return _Frame(
            opening=[token] if token else [],
            end=[] if folder.adds_end else [_END],
            prefix=[str(folder.token(pair.target))] if folder.family in _PREFIXED else [],
        )

"""Between text and what a sequence model of some family takes and gives."""

from collections.abc import Sequence

from subtitles.language import LanguageTag
from translate.engines.attention import Side, links
from translate.engines.ctranslate2_model import ModelFolder
from translate.engines.ctranslate2_tokenizers import Tokenizer
from translate.engines.hypotheses import Hypothesis, ModelInput
from translate.engines.language_codes import ModelFamily, is_language_token
from translate.sentencing.sentence_rules import is_spaced
from translate.translator import LanguagePair, Rendering

_END = "</s>"
_CONTROLS = frozenset({"<s>", "</s>", "<pad>", "<unk>", "<mask>"})
_PREFIXED = frozenset({ModelFamily.M2M100, ModelFamily.NLLB})


class ModelCodec:
    """How one model is spoken to, and what its answers say."""

    def __init__(self, folder: ModelFolder, tokenizer: Tokenizer) -> None:
        self._folder, self._tokenizer = folder, tokenizer

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """Each text's tokens, language and end tokens not among them."""
        return self._tokenizer.pieces(texts)

    def model_input(self, tokens: list[str], pair: LanguagePair) -> ModelInput:
        """The tokens between those that the family puts around them."""
        end = [] if self._folder.adds_end else [_END]
        in_prefix = self._folder.family in _PREFIXED
        prefix = [str(self._folder.token(pair.target))] if in_prefix else []
        return ModelInput([*self._opening(pair), *tokens, *end], prefix)

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
            is_spaced=is_spaced(pair.source),
        )
        shift = len(full) - len(full.lstrip())
        places = self._tokenizer.target_places(said)
        target = Side(
            text=rendering.text,
            places=[(max(0, start - shift), max(0, end - shift)) for start, end in places],
            is_spaced=is_spaced(pair.target),
        )
        first = len(self._opening(pair))
        columns = slice(first, first + len(source.places))
        attention = [answer.attention[number][columns] for number in kept]
        return Rendering(
            text=rendering.text, score=answer.score, alignment=links(source, target, attention)
        )

    def _opening(self, pair: LanguagePair) -> list[str]:
        """What precedes the text: the language token of the family, if any."""
        named: LanguageTag | None = {
            ModelFamily.MARIAN: pair.target if self._folder.has_targets else None,
            ModelFamily.MADLAD: pair.target,
            ModelFamily.M2M100: pair.source,
            ModelFamily.NLLB: pair.source,
        }[self._folder.family]
        token = self._folder.token(named) if named else None
        return [token] if token else []

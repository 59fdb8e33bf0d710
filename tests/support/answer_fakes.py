"""Answer stores and engines that count."""

from collections.abc import Mapping, Sequence

from translate_fakes import ScriptedTranslator

from translate.translator import PLAIN, Ask, LanguagePair, Sentence, Translation


class InMemoryAnswerStore:
    """Keeps answers for the length of a test; passes the AnswerStore contract."""

    def __init__(self) -> None:
        self.kept: dict[str, Translation] = {}
        self.writes: list[int] = []

    def read(self, keys: Sequence[str]) -> Mapping[str, Translation]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def write(self, answers: Mapping[str, Translation]) -> None:
        self.writes.append(len(answers))
        self.kept |= answers


class Killed(BaseException):
    """What a killed process would not even notice."""


class DyingTranslator(ScriptedTranslator):
    """Answers so many calls and then dies."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._left = calls

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        if not self._left:
            raise Killed
        self._left -= 1
        return super().translate(sentences, pair, ask)

"""A translator that says what it is told to, and tracks to give it."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st
from timed_text import any_text, clean_row, track

from subtitles.cues import Cue, CueTrack
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Rendering,
    Sentence,
    Translation,
    UnsupportedPairError,
)

_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβγδεζηθικλμνξοπρστυφχψωϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ",
)


def greek(text: str) -> str:
    """Another alphabet for the same words: whatever stays Latin has leaked from the source."""
    return text.translate(_GREEK)


class ScriptedTranslator:
    """Renders each text by a function, remembers what it was asked; English to anything."""

    def __init__(
        self, render: Callable[[str], str] = greek, *, candidates: tuple[str, ...] = ()
    ) -> None:
        self._render = render
        self._candidates = candidates
        self.asked: list[tuple[str, ...]] = []

    @property
    def signature(self) -> EngineSignature:
        """Always the same: the fake has no versions."""
        return EngineSignature(engine="scripted", engine_version="1")

    @property
    def uses_context(self) -> bool:
        """Each sentence stands for itself."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """English into any other language."""
        return pair.source == "en" and pair.target != "en"

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order."""
        if not self.supports(pair):
            raise UnsupportedPairError(pair.source, pair.target, ())
        self.asked.append(tuple(one.text for one in sentences))
        return tuple(
            Translation(
                text=self._render(one.text),
                candidates=tuple(Rendering(text=text) for text in self._candidates),
            )
            for one in sentences
        )


class ForgetfulTranslator(ScriptedTranslator):
    """Leaves out the last of several sentences, as engines that merge sentences do."""

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One too few for several sentences, right for one."""
        found = super().translate(sentences, pair, ask)
        return found[:-1] if len(found) > 1 else found


class AnsweringTranslator(ScriptedTranslator):
    """Answers each text by a function of text and ask, and remembers both."""

    def __init__(self, answer: Callable[[str, Ask], Translation]) -> None:
        super().__init__()
        self._answer = answer
        self.asks: list[tuple[Ask, tuple[str, ...]]] = []

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order."""
        self.asks.append((ask, tuple(one.text for one in sentences)))
        return tuple(self._answer(one.text, ask) for one in sentences)


def sentence(text: str, cue_id: str = "c1") -> Sentence:
    """A sentence within one cue."""
    return Sentence(text=text, span=Span(0, 2000), cue_ids=(cue_id,), cue_lengths=(len(text),))


def pair(source: str, target: str) -> LanguagePair:
    """A pair from two tags."""
    return LanguagePair(parse_language(source), parse_language(target))


def cues_of(*texts: str, gap_ms: int = 100, length_ms: int = 2000) -> tuple[Cue, ...]:
    """Cues one after the other; line breaks in a text are rows."""
    step = length_ms + gap_ms
    return tuple(
        Cue(
            cue_id=f"c{number}",
            span=Span(number * step, number * step + length_ms),
            lines=tuple(text.split("\n")),
        )
        for number, text in enumerate(texts)
    )


def source_track(*texts: str, tag: str = "en", gap_ms: int = 100) -> CueTrack:
    """A track of such cues."""
    return track(cues_of(*texts, gap_ms=gap_ms), tag)


_WORDS = st.sampled_from(
    [
        "I",
        "the",
        "a",
        "of",
        "and",
        "but",
        "with",
        "house",
        "Mary",
        "Mr.",
        "Dr.",
        "U.S.",
        "3.5",
        "40",
        "1990.",
        "went",
        "home,",
        "yes.",
        "no!",
        "what?",
        "well…",
        "wait...",
        "--",
        "♪",
        "(sighs)",
        "[door]",
        "-",
        "«ja»",
        '"Hi"',
        "'so'",
        "STOP",
        "<i>now</i>",
        "日本",
        "語。",
        "你好！",
        "مرحبا.",
        "😀",
        "rock'n'roll",
        "hyphen-ated",
    ]
)
_LINES = st.lists(_WORDS, min_size=1, max_size=9).map(" ".join) | any_text(80)
_ROWS = st.lists(_LINES.map(clean_row).filter(bool), min_size=1, max_size=3)


@st.composite
def source_tracks(draw: st.DrawFn, tags: Sequence[str] = ("en",), max_cues: int = 8) -> CueTrack:
    """Ordinary and hostile cues with pauses of all lengths, in time order."""
    cues, now = [], draw(st.integers(0, 3000))
    for number, rows in enumerate(draw(st.lists(_ROWS, max_size=max_cues))):
        length = draw(st.sampled_from([1, 40, 800, 2000, 4000, 9000]))
        is_italic = draw(st.sampled_from([False, False, False, True]))
        lines = tuple(f"<i>{row}</i>" if is_italic else row for row in rows)
        cues.append(Cue(cue_id=f"c{number}", span=Span(now, now + length), lines=lines))
        now += length + draw(st.sampled_from([0, 1, 83, 400, 900, 2500, 8000]))
    return track(cues, draw(st.sampled_from(list(tags))))

"""Planted words for the bar of the glossary: names to be kept, and terms to be rendered so.

Real English sentences, in which the names Tom and Mary are replaced by names of our own and common
nouns get a rendering that no engine would choose by itself, so that every one has to be put there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from timed_text import track
from translate_fakes import cues_of

from subtitles.language import LanguageTag, parse_language
from subtitles.picture import NO_PICTURE
from subtitles.style.profile import load_profile
from translate.aids import Aids
from translate.glossary.glossary import Glossary, glossary_of
from translate.glossary.show_glossary import ShowGlossary
from translate.glossary.terms import Term, TermKind, Wording, usual_case
from translate.track import translate_track
from translate.translator import Translator

ENGLISH = parse_language("en")

NAMES = (
    *("Dashwood", "Trace", "Elinor", "Barton Park", "Quillfeather", "Stone", "Hope", "Night Watch"),
    *("McAllister", "O'Brien", "Red Keep", "Nimbus 2000", "Zoë", "The Hollow"),
)
"""Made up or common words; some of several words, one with an accent, one with a figure."""

TERMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "book": {
        "pt-BR": ("tomo", "tomos"),
        "es": ("tomo", "tomos"),
        "fr": ("grimoire", "grimoires"),
        "de": ("Foliant", "Folianten"),
    },
    "house": {
        "pt-BR": ("solar", "solares"),
        "es": ("solar", "solares"),
        "fr": ("manoir", "manoirs"),
        "de": ("Anwesen",),
    },
    "car": {
        "pt-BR": ("bólido", "bólidos"),
        "es": ("bólido", "bólidos"),
        "fr": ("bolide", "bolides"),
        "de": ("Flitzer",),
    },
    "dog": {
        "pt-BR": ("mastim", "mastins"),
        "es": ("mastín", "mastines"),
        "fr": ("molosse", "molosses"),
        "de": ("Dogge", "Doggen"),
    },
    "teacher": {
        "pt-BR": ("mestre", "mestres"),
        "es": ("mentor", "mentores"),
        "fr": ("mentor", "mentors"),
        "de": ("Magister",),
    },
    "school": {
        "pt-BR": ("academia", "academias"),
        "es": ("academia", "academias"),
        "fr": ("académie", "académies"),
        "de": ("Akademie", "Akademien"),
    },
    "doctor": {
        "pt-BR": ("curandeiro", "curandeiros"),
        "es": ("curandero", "curanderos"),
        "fr": ("guérisseur", "guérisseurs"),
        "de": ("Heiler",),
    },
    "letter": {
        "pt-BR": ("missiva", "missivas"),
        "es": ("misiva", "misivas"),
        "fr": ("missive", "missives"),
        "de": ("Depesche", "Depeschen"),
    },
    "town": {
        "pt-BR": ("burgo", "burgos"),
        "es": ("burgo", "burgos"),
        "fr": ("bourg", "bourgs"),
        "de": ("Flecken",),
    },
    "train": {
        "pt-BR": ("expresso", "expressos"),
        "es": ("expreso", "expresos"),
        "fr": ("express",),
        "de": ("Express",),
    },
}
"""Nouns of everyday speech, and what a show might call them."""

_PLANTABLE = re.compile(r"\b(?:Tom|Mary)\b(?!')")
_MOST_A_WORD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One sentence with a planted word.

    Attributes:
        text: The English sentence.
        word: What was planted in it.
        forms: Of which one has to stand in the translation, letter for letter.
    """

    text: str
    word: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many planted words the translations have."""

    kept: int
    planted: int
    misses: tuple[tuple[str, str, str], ...] = ()

    @property
    def share(self) -> float:
        """0…1."""
        return self.kept / max(1, self.planted)


def english_lines(files: Iterable[Path]) -> tuple[str, ...]:
    """The English sentences of tab-separated files, each once."""
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return tuple(dict.fromkeys(line.split("\t")[0] for line in lines))


def planted_names(lines: Sequence[str], most: int = _MOST_A_WORD) -> tuple[Planted, ...]:
    """Sentences with one of `NAMES`, in turn, instead of Tom or Mary."""
    found = [line for line in lines if _PLANTABLE.search(line)][: most * len(NAMES)]
    return tuple(
        Planted(text=_PLANTABLE.sub(name, line, count=1), word=name, forms=(name,))
        for line, name in zip(found, NAMES * most, strict=False)
    )


def planted_terms(
    lines: Sequence[str], target: LanguageTag, most: int = _MOST_A_WORD
) -> tuple[Planted, ...]:
    """Sentences with one of `TERMS`, in the singular or the plural."""
    return tuple(
        Planted(text=line, word=term, forms=forms[target])
        for term, forms in TERMS.items()
        for line in [one for one in lines if re.search(rf"\b{term}s?\b", one)][:most]
    )


def planted_glossary(target: LanguageTag) -> Glossary:
    """All planted words."""
    names = [
        Term(
            text=name,
            language=ENGLISH,
            kind=TermKind.DO_NOT_TRANSLATE,
            case=usual_case(TermKind.DO_NOT_TRANSLATE),
        )
        for name in NAMES
    ]
    terms = [
        Term(
            text=word,
            language=ENGLISH,
            wordings=(Wording(language=target, forms=forms[target]),),
        )
        for word, forms in TERMS.items()
    ]
    return glossary_of([*names, *terms])


def glossary_score(
    planted: Sequence[Planted], target: LanguageTag, translator: Translator, *, aided: bool = True
) -> Score:
    """How many planted words stand in the translation, each sentence in a cue of its own."""
    source = track(cues_of(*(one.text for one in planted), length_ms=6_000), "en")
    aids = Aids(glossary=ShowGlossary(planted_glossary(target)) if aided else None)
    translated = translate_track(
        source, translator, profile=load_profile(target), picture=NO_PICTURE, aids=aids
    )
    shown = [" ".join(cue.lines) for cue in translated.track.cues]
    misses = tuple(
        (one.word, one.text, text)
        for one, text in zip(planted, shown, strict=True)
        if not _stands(one.forms, text)
    )
    return Score(kept=len(planted) - len(misses), planted=len(planted), misses=misses)


def _stands(forms: Iterable[str], text: str) -> bool:
    """Whether a form stands in a text as a word: the benchmark's own way to look."""
    words = "|".join(re.escape(form) for form in forms)
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text) is not None or any(
        form[:1].upper() + form[1:] in text for form in forms
    )

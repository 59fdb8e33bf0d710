"""What the translation benchmark measures with: engines, pairs of sentences, recordings."""

from dataclasses import dataclass
from pathlib import Path

from bench_mt_engines import THREADS
from translate_fakes import pair, sentence

from flows.cli.score_files import read_reference
from subtitles.language import parse_language
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding
from translate.engines.firefox_translator import FirefoxTranslator
from translate.scoring.likeness import Segment, chrf
from translate.translator import LanguagePair, Translator

SETS = {"es": "spa", "fr": "fra", "de": "deu"}
FIREFOX = "pt-BR"
SOUND_CHRF = 33.0
"""Of written prose; the bar of docs/training.md. A model below renders what is longer than a few
words by something else, and the shorter what it is asked, the better it looks."""
NO_MODEL = "Skipped: no multilingual model from English into es, fr and de (BENCH_MT_MODEL)."
_RECORDINGS = ("en/fleurs_en", "pt/fleurs_pt", "cs/fillets_cs_dialogue")


@dataclass(frozen=True, kw_only=True)
class Materials:
    """What there is to measure with; None and missing folders are skipped, and said so.

    Attributes:
        media: Recordings with references.
        parallel: Pairs of sentences.
        model: A CTranslate2 model from English into Spanish, French and German.
        marian: A Marian folder, to be converted and compared with itself.
    """

    media: Path
    parallel: Path
    model: Path | None
    marian: Path | None

    def translator(self, target: str) -> Translator | None:
        """From English, as production makes it; None where there is none."""
        if target == FIREFOX:
            return FirefoxTranslator("bench")
        if self.model is None:
            return None
        return CTranslate2Translator(
            self.model,
            model_name="bench",
            model_revision="bench",
            pairs=[pair("en", one) for one in SETS],
            decoding=Decoding(device="cpu", threads=THREADS),
        )

    def translators(self) -> dict[str, Translator]:
        """By target language."""
        found = {target: self.translator(target) for target in (FIREFOX, *SETS)}
        return {target: one for target, one in found.items() if one is not None}

    def directions(self) -> dict[LanguagePair, Translator]:
        """Every pair, and what serves it: Firefox translates into English, too."""
        found = {pair("en", target): one for target, one in self.translators().items()}
        return {**found, pair(FIREFOX, "en"): FirefoxTranslator("bench")}

    def lines_of(self, languages: LanguagePair, *, prose: bool) -> list[tuple[str, str]]:
        """As `lines`, in either direction."""
        if str(languages.source) == "en":
            return self.lines(str(languages.target), prose=prose)
        found = self.lines(str(languages.source), prose=prose)
        return [(shown, said) for said, shown in found]

    def lines(self, target: str, *, prose: bool) -> list[tuple[str, str]]:
        """Pairs of sentences: written prose (FLORES), or everyday sentences (Tatoeba)."""
        tag = target.partition("-")[0]
        name = f"flores_{tag}.tsv" if prose else f"heldout.{SETS.get(tag, '')}.tsv"
        path = self.parallel / name
        if not path.is_file():
            return []
        rows = (row.split("\t")[:2] for row in path.read_text("utf-8").splitlines())
        return [(said, shown) for said, shown in rows]

    def recordings(self, languages: LanguagePair) -> list[tuple[str, list[tuple[str, str]]]]:
        """References with a translator's beside them, cue by cue: (name, pairs of texts)."""
        tags = [str(one).partition("-")[0] for one in (languages.source, languages.target)]
        found = []
        for stem in _RECORDINGS:
            files = [self.media / f"{stem}.{tag}.srt" for tag in tags]
            if all(file.is_file() for file in files):
                said, shown = (
                    [one.text for one in read_reference(file, parse_language(tag)).passages]
                    for file, tag in zip(files, tags, strict=True)
                )
                if len(said) == len(shown):
                    found.append((Path(stem).name, list(zip(said, shown, strict=True))))
        return found

    def weak(self) -> list[str]:
        """Targets of the multilingual model whose prose is below `SOUND_CHRF`."""
        return [target for target in SETS if self.model and not self._is_sound(target)]

    def _is_sound(self, target: str) -> bool:
        lines, translator = self.lines(target, prose=True), self.translator(target)
        if translator is None or not lines:
            return False
        said = translator.translate([sentence(one) for one, _ in lines], pair("en", target))
        segments = [
            Segment(shown=one.text, wanted=wanted)
            for one, (_, wanted) in zip(said, lines, strict=True)
        ]
        return chrf(segments).score >= SOUND_CHRF

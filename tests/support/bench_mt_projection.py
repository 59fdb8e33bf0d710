"""How well translations are spread over cues, measured where the right cut is known.

Sentences over several cues are built of pairs by hand: clauses that a translator rendered one by
one, joined in both languages, so that each cue's own translation is known. Cues take the time that
the words take at an ordinary pace of speech.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from unittest.mock import patch

import sacrebleu
from timed_text import MADE_BY

from subtitles.checks.track import check_track
from subtitles.counting import line_width
from subtitles.cues import Cue, CueTrack
from subtitles.language import LanguageTag, parse_language
from subtitles.picture import NO_PICTURE
from subtitles.segmentation.linebreaks import break_lines_anyway
from subtitles.span import Span
from subtitles.style.profile import StyleProfile, load_profile
from subtitles.timing.fitting import time_cues
from subtitles.typography.setting import set_text
from translate.projection.shares import Shares
from translate.track import TranslatedTrack, translate_track
from translate.translator import PLAIN, LanguagePair, Link, Rendering, Sentence, Translator

Lines = Sequence[tuple[str, str]]
LinksOf = Callable[[str, str], tuple[Link, ...]]

MS_PER_CHAR = 65
"""Brisk talk: about fifteen characters a second."""
GAP_MS = 83
SENTENCE_GAP_MS = 400
_AND = {"es": "y", "fr": "et", "de": "und", "pt": "e"}
_CUE_CHARS = 40
_CLAUSE_CHARS = range(15, 61)
_SEED = 5


@dataclass(frozen=True, kw_only=True)
class KnownCut:
    """One sentence over several cues, and what each cue should show."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Projected:
    """How well references are projected.

    ``exact`` is the share of cuts at the very word; ``misplaced`` the share of words that stand in
    another cue than a translator put them; ``chrf`` compares cue by cue; ``without_room`` is the
    share of cues whose text is wider than there is time and space for.
    """

    sentences: int
    chrf: float
    exact: float
    misplaced: float
    without_room: float


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A translated track beside its reference."""

    cues: int
    chrf_cues: float
    chrf_sentences: float
    too_fast: int
    too_wide: int


def joined_clauses(lines: Lines, target: str, *, count: int = 400) -> list[KnownCut]:
    """Two or three short pairs as one sentence: joined by "and", by a comma, or by nothing."""
    draw = random.Random(_SEED)
    fit = [
        (said, shown)
        for said, shown in lines
        if len(said) in _CLAUSE_CHARS and len(shown) in _CLAUSE_CHARS and _is_one(said, shown)
    ]
    draw.shuffle(fit)
    found: list[KnownCut] = []
    waiting = iter(fit)
    for number in range(count):
        clauses = [one for _, one in zip(range(2 + number % 3 // 2), waiting, strict=False)]
        if len(clauses) > 1:
            mark, words = [(",", ("", "")), ("", ("and ", f"{_AND[target]} ")), ("", ("", ""))][
                number // 3 % 3
            ]
            found.append(
                KnownCut(
                    source=_joined([one for one, _ in clauses], mark, words[0]),
                    target=_joined([other for _, other in clauses], mark, words[1]),
                )
            )
    return found


def cut_at_commas(lines: Lines, *, marks: bool = True) -> list[KnownCut]:
    """Longer sentences with as many commas in the translation, cut there; with them or without."""
    found = []
    for said, shown in lines:
        one, other = (re.findall(r"[^,]+,?\s*", text) for text in (said, shown))
        if len(one) == len(other) > 1 and min(map(len, (*one, *other))) > _CLAUSE_CHARS.start:
            parts = [tuple(part.strip() for part in some) for some in (one, other)]
            if not marks:
                parts = [tuple(part.rstrip(",") for part in some) for some in parts]
            found.append(KnownCut(source=parts[0], target=parts[1]))
    return found


def cut_sentences(lines: Lines, target: str, *, count: int = 400) -> list[KnownCut]:
    """Whole sentences over several cues of about forty characters, cut where a row would break.

    Nobody knows what each cue should show of the reference, so it is cut by its proportions: the
    chrF of whole sentences says something of these, that of cues little.
    """
    said_in, shown_in = (load_profile(parse_language(tag)) for tag in ("en", target))
    found: list[KnownCut] = []
    for said, shown in lines:
        cues = -(-len(said) // _CUE_CHARS)
        if cues > 1 and len(found) < count:
            narrow = replace(
                said_in, max_lines=cues, max_chars_per_line=round(len(said) / cues * 1.3)
            )
            parts = break_lines_anyway(said, narrow)
            sentence, spoken = _sentence_of(KnownCut(source=parts, target=parts))
            shares = Shares(spoken, [sentence], shown_in, NO_PICTURE)
            found.append(KnownCut(source=parts, target=shares.spread(0, Rendering(text=shown))))
    return found


def projected(known: Sequence[KnownCut], target: str, links_of: LinksOf | None) -> Projected:
    """The references themselves, cut by the projection; nothing is known of words without links."""
    profile = load_profile(parse_language(target))
    shown: list[str] = []
    right = cuts = wrong = words = crowded = 0
    for one in known:
        sentence, cues = _sentence_of(one)
        shares = Shares(cues, [sentence], profile, NO_PICTURE)
        text = " ".join(one.target)
        links = links_of(sentence.text, text) if links_of else ()
        parts = shares.spread(0, Rendering(text=text, alignment=links))
        shown += parts
        crowded += sum(
            line_width(part, profile.counting) > share.capacity
            for part, share in zip(parts, shares.of(0), strict=True)
        )
        ours, theirs = ([*accumulate(len(part.split()) for part in some)] for some in
                        (parts, one.target))  # fmt: skip
        right += sum(a == b for a, b in zip(ours[:-1], theirs[:-1], strict=True))
        wrong += sum(abs(a - b) for a, b in zip(ours[:-1], theirs[:-1], strict=True))
        cuts, words = cuts + len(ours) - 1, words + ours[-1]
    wanted = [part for one in known for part in one.target]
    return Projected(
        sentences=len(known),
        chrf=_chrf(shown, wanted),
        exact=right / cuts,
        misplaced=wrong / words,
        without_room=crowded / len(shown),
    )


def track_of(known: Sequence[KnownCut], language: LanguageTag) -> CueTrack:
    """The sentences as a source track."""
    cues: list[Cue] = []
    now = 0
    for one in known:
        spoken = _cues(one.source, now, len(cues))
        cues += spoken
        now = spoken[-1].span.end_ms + SENTENCE_GAP_MS
    return CueTrack(media_id="bench", language=language, cues=tuple(cues), made_by=MADE_BY)


def sentence_first(
    known: Sequence[KnownCut], translator: Translator, pair: LanguagePair
) -> tuple[Drafted, TranslatedTrack]:
    """The track on the whole road, and how it came out."""
    track = track_of(known, pair.source)
    profile = load_profile(pair.target)
    found = translate_track(track, translator, profile=profile, picture=NO_PICTURE)
    return drafted(found.track, known, profile), found


def cue_by_cue(known: Sequence[KnownCut], translator: Translator, pair: LanguagePair) -> Drafted:
    """The same track as those do it who translate every cue by itself."""
    track = track_of(known, pair.source)
    profile = load_profile(pair.target)
    sentences = [_alone(cue) for cue in track.cues]
    said = translator.translate(sentences, pair, PLAIN)
    shown = [one.text or "…" for one in said]
    return drafted(_shown(track, shown, pair.target), known, profile)


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """One track three times: as it comes, with its cues cut anew, and with all there is."""

    draft: Drafted
    cut_anew: Drafted
    fitted: Drafted


def fitted_drafts(known: Sequence[KnownCut], translator: Translator, pair: LanguagePair) -> Fitted:
    """The whole road without fitting, with nothing but other cuts, and with shorter renderings."""
    with patch("translate.track.is_narrow", lambda *_: False):
        draft, _ = sentence_first(known, translator, pair)
    with patch("translate.fitting._loss", lambda one, best: float(one.rendering != best.rendering)):
        cut_anew, _ = sentence_first(known, translator, pair)
    fitted, _ = sentence_first(known, translator, pair)
    return Fitted(draft=draft, cut_anew=cut_anew, fitted=fitted)


def drafted(track: CueTrack, known: Sequence[KnownCut], profile: StyleProfile) -> Drafted:
    """Measures of a track with one cue for each part of the sentences."""
    texts = iter(" ".join(cue.lines) for cue in track.cues)
    shown = [[next(texts) for _ in one.target] for one in known]
    found = check_track(track, profile, picture=NO_PICTURE)
    return Drafted(
        cues=len(track.cues),
        chrf_cues=_chrf(
            [part for some in shown for part in some],
            [part for one in known for part in one.target],
        ),
        chrf_sentences=_chrf(
            [" ".join(some) for some in shown], [" ".join(one.target) for one in known]
        ),
        too_fast=sum(one.rule == "reading-speed" for one in found),
        too_wide=sum(
            line_width(line, profile.counting) > profile.max_chars_per_line
            for cue in track.cues
            for line in cue.lines
        ),
    )


def _chrf(shown: Sequence[str], wanted: Sequence[str]) -> float:
    return float(sacrebleu.corpus_chrf(list(shown), [list(wanted)]).score)


def _is_one(said: str, shown: str) -> bool:
    """Whether both are a single sentence that ends with a full stop."""
    return all(text.endswith(".") and not re.search(r"[.,!?;:…]", text[:-1]) for text in
               (said, shown))  # fmt: skip


def _joined(clauses: Sequence[str], mark: str, word: str) -> tuple[str, ...]:
    last = len(clauses) - 1
    return tuple(
        (word + _small(clause) if number else clause) if number == last else
        (word + _small(clause) if number else clause)[:-1] + mark
        for number, clause in enumerate(clauses)
    )  # fmt: skip


def _small(clause: str) -> str:
    """A clause as it goes on inside a sentence; a name cannot be told and is left small."""
    first = clause.split(maxsplit=1)[0]
    return clause if first == "I" or first.startswith("I'") else clause[0].lower() + clause[1:]


def _cues(parts: Sequence[str], start_ms: int, number: int) -> list[Cue]:
    cues: list[Cue] = []
    for place, part in enumerate(parts):
        end_ms = start_ms + max(900, len(part) * MS_PER_CHAR)
        cues.append(Cue(cue_id=f"c{number + place}", span=Span(start_ms, end_ms), lines=(part,)))
        start_ms = end_ms + GAP_MS
    return cues


def _sentence_of(one: KnownCut) -> tuple[Sentence, list[Cue]]:
    cues = _cues(one.source, 0, 0)
    text = " ".join(one.source)
    borders = [0, *accumulate(len(part) + 1 for part in one.source[:-1]), len(text)]
    borders[-1] = len(text)
    return (
        Sentence(
            text=text,
            span=Span(0, cues[-1].span.end_ms),
            cue_ids=tuple(cue.cue_id for cue in cues),
            cue_lengths=tuple(later - earlier for earlier, later in pairwise(borders)),
        ),
        cues,
    )


def _alone(cue: Cue) -> Sentence:
    text = " ".join(cue.lines)
    return Sentence(text=text, span=cue.span, cue_ids=(cue.cue_id,), cue_lengths=(len(text),))


def _shown(track: CueTrack, texts: Sequence[str], language: LanguageTag) -> CueTrack:
    """The texts in the cues of the track, set and timed as ours are."""
    profile = load_profile(language)
    cues = [
        replace(cue, lines=break_lines_anyway(set_text(text, profile), profile))
        for cue, text in zip(track.cues, texts, strict=True)
    ]
    timed = time_cues(cues, profile, NO_PICTURE, linger=False, keep_in_times=True)
    return replace(track, language=language, cues=timed)

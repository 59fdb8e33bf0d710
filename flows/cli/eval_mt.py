"""What ``polycue eval mt`` does: read, put beside a reference, print."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from flows.cli.measure_table import Measure, print_measures, print_remarks
from flows.errors import UsageError
from flows.file_names import language_in_name
from flows.mt_score import MtScore, counts_edits, score_cues, score_lines
from flows.subtitle_files import bytes_of, read_file
from subtitles.cues import CueTrack
from subtitles.formats.charset import decode_bytes
from subtitles.formats.document import Notes
from subtitles.language import LanguageTag, language_name
from subtitles.report.file_track import track_of
from subtitles.report.model import Limit
from subtitles.style.profile import load_profile
from translate.scoring.segments import Matching

_TEXTS = frozenset({".txt", ".tsv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MtEvaluation:
    """What to compare.

    Attributes:
        hypotheses: Translations; subtitles, or texts with a sentence a line.
        references: One for all of them, or one for each, in their order.
        language: Of all texts; as the names of files say when None.
        client: Whose house style the cues should keep; empty for none.
    """

    hypotheses: tuple[Path, ...]
    references: tuple[Path, ...]
    language: LanguageTag | None = None
    client: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One file beside its reference, and what to know about it."""

    hypothesis: str
    reference: str
    score: MtScore
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A file that was read: cues, or lines.

    ``language`` is None when nobody says.
    """

    path: Path
    language: LanguageTag | None
    track: CueTrack | None = None
    lines: tuple[str, ...] = ()


def evaluate_mt(evaluation: MtEvaluation) -> tuple[Compared, ...]:
    """Score each translation against its reference.

    Raises:
        UsageError: a file cannot be read from disk, its language is not known, or two files
            cannot be put beside each other.
        FormatError: a file cannot be understood.
        UnservedStyleError, UnknownStyleError: there is no such style.
    """
    given, references = len(evaluation.hypotheses), evaluation.references
    if len(references) not in {1, given}:
        raise UsageError(
            f"{given} translations and {len(references)} references: name one --reference for all "
            "of them, or one for each in the same order"
        )
    each = references * given if len(references) == 1 else references
    return tuple(
        _compared(hypothesis, reference, evaluation)
        for hypothesis, reference in zip(evaluation.hypotheses, each, strict=True)
    )


def _compared(hypothesis: Path, reference: Path, evaluation: MtEvaluation) -> Compared:
    shown, wanted = (_read(path, evaluation.language) for path in (hypothesis, reference))
    language = evaluation.language or shown.language or wanted.language
    if language is None:
        raise UsageError("the language of these files is not known: name it with --language")
    score = _score(shown, wanted, language, evaluation.client)
    return Compared(
        hypothesis=hypothesis.name,
        reference=reference.name,
        score=score,
        remarks=tuple(_remarks(shown, wanted, score)),
    )


def _score(shown: _Text, wanted: _Text, language: LanguageTag, client: str) -> MtScore:
    names = f"{shown.path.name} and {wanted.path.name}"
    if shown.track is not None and wanted.track is not None:
        profile = load_profile(language, client=client)
        return score_cues(shown.track, wanted.track, profile)
    if shown.track is not None or wanted.track is not None:
        raise UsageError(f"{names}: give two subtitle files, or two texts with a sentence a line")
    if len(shown.lines) != len(wanted.lines):
        raise UsageError(
            f"{names}: {len(shown.lines)} and {len(wanted.lines)} lines cannot be put beside each "
            "other: give a sentence a line, in the same order, blank where one is missing"
        )
    return score_lines(shown.lines, wanted.lines, language)


def _read(path: Path, language: LanguageTag | None) -> _Text:
    known = language or language_in_name(path.name)
    if path.suffix.lower() in _TEXTS:
        return _Text(path=path, language=known, lines=tuple(_lines(path, known)))
    read = read_file(path, known)
    said = known or read.document.language
    # A language has to stand on the track; one nobody knows is refused before it counts.
    track = track_of(read.document, said or LanguageTag("und"), read.form.name)
    ordered = tuple(sorted(track.cues, key=lambda cue: cue.span))
    return _Text(path=path, language=said, track=replace(track, cues=ordered))


def _lines(path: Path, language: LanguageTag | None) -> Iterator[str]:
    """A sentence each; of a table its last column."""
    text = decode_bytes(bytes_of(path), Notes(), language=language).text
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield line.rpartition("\t")[2] if path.suffix.lower() == ".tsv" else line


def _remarks(shown: _Text, wanted: _Text, score: MtScore) -> Iterator[str]:
    if score.matching is Matching.TIMES:
        ours, theirs = (len(one.track.cues) if one.track else 0 for one in (shown, wanted))
        yield (
            f"{shown.path.name} has {ours} cues and {wanted.path.name} {theirs}: those that are "
            f"shown together were compared, {score.segments} segments"
        )
    if score.matching is Matching.LINES:
        yield f"{shown.path.name} has no times: speed, width and SubER are not measured"
    elif not counts_edits():
        yield "SubER is not measured: pip install subtitle-edit-rate"


def print_scores(found: Sequence[Compared], *, as_json: bool) -> None:
    """A table of measures; or one JSON array, an object for every translation."""
    if as_json:
        text = TypeAdapter(tuple[Compared, ...]).dump_json(tuple(found), indent=2).decode()
        sys.stdout.write(text + "\n")
        return
    for one in found:
        title = f"{one.hypothesis} in {language_name(one.score.language)}"
        print_measures(title, _rows(one))
    print_remarks(remark for one in found for remark in one.remarks)


def _rows(one: Compared) -> Iterator[Measure]:
    score = one.score
    for name, likeness in (("chrF", score.chrf), ("BLEU", score.bleu)):
        value = f"{likeness.score:.1f}" if likeness else "–"
        yield name, value, likeness.signature if likeness else "nothing to compare"
    if score.suber is not None:
        yield "SubER", f"{score.suber:.1f}", "edits per 100 words and breaks; lower is better"
    yield from map(_limit_row, score.limits)


def _limit_row(limit: Limit) -> Measure:
    said = f"{limit.broken} cues beyond {limit.limit:g} {limit.unit}"
    return f"within {limit.label.lower()}", f"{limit.share:.1%}", said

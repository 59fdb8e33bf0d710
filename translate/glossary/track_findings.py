"""Terms that a finished track misses, as findings on its cues."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.style.profile import StyleProfile
from translate.glossary.agreed import AgreedTerm
from translate.glossary.finding import FoundTerm
from translate.glossary.missed import missed_finding
from translate.glossary.verifying import missed_terms
from translate.sentencing.markup import plain_cue
from translate.translator import Sentence


def track_findings(
    track: CueTrack,
    sentences: Sequence[tuple[Sentence, Sequence[FoundTerm]]],
    profile: StyleProfile,
) -> Iterator[Finding]:
    """A finding for each cue with missed terms.

    A term is looked for in all cues that its sentence runs through, since words may stand in
    another one than in the source; it is missed on the cue in whose source words it stands.

    Args:
        track: The translation.
        sentences: All of its source, and the terms in each.
        profile: Says how a missed term counts.
    """
    shown = {cue.cue_id: "\n".join(plain_cue(cue.lines).lines) for cue in track.cues}
    targets: dict[str, list[str]] = defaultdict(list)
    for cue in track.cues:
        for name in cue.source_cue_ids:
            targets[name].append(cue.cue_id)
    missed: dict[str, list[AgreedTerm]] = defaultdict(list)
    for sentence, found in sentences:
        cue_ids = dict.fromkeys(one for name in sentence.cue_ids for one in targets[name])
        if found and cue_ids:
            text = "\n".join(shown[one] for one in cue_ids)
            for term in _missed(found, text, track.language):
                missed[_cue_of(term, sentence, targets) or next(iter(cue_ids))].append(term.agreed)
    for cue in track.cues:
        yield from missed_finding(missed[cue.cue_id], cue.cue_id, profile)


def _missed(found: Sequence[FoundTerm], text: str, language: LanguageTag) -> Iterator[FoundTerm]:
    missed = set(missed_terms((one.agreed for one in found), text, language))
    for term in found:
        if term.agreed in missed:
            missed.remove(term.agreed)
            yield term


def _cue_of(
    term: FoundTerm, sentence: Sentence, targets: Mapping[str, Sequence[str]]
) -> str | None:
    """The target cue of the source cue in which the term begins."""
    for name, end in zip(sentence.cue_ids, accumulate(sentence.cue_lengths), strict=True):
        if term.start < end:
            return next(iter(targets[name]), None)
    return None

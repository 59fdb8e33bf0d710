"""How well speaker turns agree with a reference."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from asr.speakers.labelling import label_words
from subtitles.span import Span
from subtitles.words import Word

STEP_MS = 10


@dataclass(frozen=True)
class Agreement:
    """Shares of the reference speech (no collar), and what it means for words and dashes.

    Attributes:
        missed: Speech in no turn.
        false_alarm: Turns where nobody speaks, as a share of the speech.
        confused: Speech given to somebody else.
        speakers: (found, true).
        words: (right, all), words spread evenly over the lines of the reference.
        false_changes: Changes of speaker inside a line that one person says.
        changes: (found, all) changes of speaker from one line to the next.
    """

    missed: float
    false_alarm: float
    confused: float
    speakers: tuple[int, int]
    words: tuple[int, int]
    false_changes: int
    changes: tuple[int, int]

    @property
    def error_rate(self):
        """Diarization error rate."""
        return self.missed + self.false_alarm + self.confused


def agreement(turns, lines):
    """Turns against lines: (span, speaker, text) each, in order."""
    names = sorted({speaker for _, speaker, _ in lines})
    labels = sorted({turn.speaker for turn in turns})
    end_ms = max(span.end_ms for span in [*(line[0] for line in lines), *(t.span for t in turns)])
    true = _track([(span, names.index(speaker)) for span, speaker, _ in lines], end_ms)
    found = _track([(turn.span, labels.index(turn.speaker)) for turn in turns], end_ms)
    both = np.array(
        [
            [np.sum((true == n) & (found == m)) for m in range(len(labels))]
            for n in range(len(names))
        ]
    ).reshape(len(names), len(labels))
    partner = _partners(both)
    speech = np.sum(true >= 0)
    matched = sum(both[name, label] for label, name in partner.items())
    words, right, false_changes, first_and_last = _words(turns, lines, names, labels, partner)
    changes = [
        (one[1], other[0], before[1] != after[1])
        for (one, other), (before, after) in zip(
            pairwise(first_and_last), pairwise(lines), strict=True
        )
    ]
    return Agreement(
        missed=float(np.sum((true >= 0) & (found < 0)) / speech),
        false_alarm=float(np.sum((true < 0) & (found >= 0)) / speech),
        confused=float((np.sum((true >= 0) & (found >= 0)) - matched) / speech),
        speakers=(len(labels), len(names)),
        words=(right, words),
        false_changes=false_changes
        + sum(1 for a, b, changed in changes if not changed and a and b and a != b),
        changes=(
            sum(1 for a, b, changed in changes if changed and a and b and a != b),
            sum(1 for *_, changed in changes if changed),
        ),
    )


def _track(stretches, end_ms):
    track = np.full(end_ms // STEP_MS + 1, -1)
    for span, number in stretches:
        track[span.start_ms // STEP_MS : span.end_ms // STEP_MS] = number
    return track


def _partners(both):
    """Which label stands for which name: the pairs with the most time in common first."""
    left, partner = both.astype(float).copy(), {}
    while left.size and left.max() > 0:
        name, label = np.unravel_index(left.argmax(), left.shape)
        partner[int(label)] = int(name)
        left[name], left[:, label] = 0, 0
    return partner


def _words(turns, lines, names, labels, partner):
    words, owners = [], []
    for number, (span, _, text) in enumerate(lines):
        parts = text.split()
        step = span.duration_ms / len(parts)
        for at, part in enumerate(parts):
            start = span.start_ms + round(at * step)
            end = span.start_ms + round((at + 1) * step)
            words.append(Word(text=f" {part}", span=Span(start, end), probability=1.0))
            owners.append(number)
    labelled = label_words(words, turns)
    right = false_changes = 0
    first_and_last = [["", ""] for _ in lines]
    for word, owner in zip(labelled, owners, strict=True):
        if not word.speaker:
            continue
        right += partner.get(labels.index(word.speaker)) == names.index(lines[owner][1])
        ends = first_and_last[owner]
        false_changes += bool(ends[1]) and ends[1] != word.speaker
        ends[0], ends[1] = ends[0] or word.speaker, word.speaker
    return len(words), right, false_changes, first_and_last

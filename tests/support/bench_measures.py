"""How good a subtitle file is: against a reference, and against the limits of its language.

Everything here measures; nothing is taken from the code under test but the counter of characters
and the limits of the profile.
"""

import difflib
import re
import statistics
import tempfile
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench_speech import srt_of
from suber.concat_input_files import create_concatenated_segments
from suber.metrics.suber import calculate_SubER

from subtitles.counting import chars_per_second, line_width
from subtitles.cues import Subtitle

FRAME_MS = 1000 / 24
"""Errors are stated in frames of this length."""

# Articles, prepositions and negations, the words the line-end measure is about. Spelled out here,
# so that a list missing in a profile shows.
LEANING = {
    "en": "a an the of to in on at by for from with into onto about over under between through "
    "without within against during as than per not no never don't doesn't didn't won't can't "
    "cannot isn't aren't wasn't weren't wouldn't couldn't shouldn't haven't hasn't hadn't",
    "es": "el la los las un una unos unas al del a ante con contra de desde en entre hacia hasta "
    "para por según sin sobre tras no ni nunca",
    "pt": "o a os as um uma uns umas ao à aos às do da dos das no na nos nas pelo pela pelos pelas "
    "de em por para com sem sob sobre entre até desde não nem nunca",
    "fr": "le la les un une des du de au aux à en dans par pour sur sous sans avec chez entre vers "
    "ne n' pas",
    "cs": "k ke s se v ve z ze o u na do od po pro při před za nad pod bez ne",
}


def suber(pairs):
    """SubER of (hypothesis, reference) files in a row; below 20 is very good, above 50 bad.

    Rows are joined first, in both: the references do not break their cues into rows. Long files are
    compared in stretches of a minute, since the search for moved words grows with the square and
    more of what lies between two silences, and a recogniser's segments leave no silence.
    """
    pairs = [stretch for pair in pairs for stretch in _stretches(*pair)]
    with tempfile.TemporaryDirectory() as name:
        files = []
        for number, pair in enumerate(pairs):
            for side, cues in zip("hr", pair, strict=True):
                path = Path(name) / f"{number}{side}.srt"
                one_row = [Subtitle(cue.span, (" ".join(cue.lines),)) for cue in cues]
                path.write_text(srt_of(one_row), "utf-8")
            files.append([str(Path(name) / f"{number}{side}.srt") for side in "hr"])
        hypothesis, reference = create_concatenated_segments(
            [one for one, _ in files], [one for _, one in files]
        )
        return calculate_SubER(hypothesis=hypothesis, reference=reference)


_STRETCH_MS = 60_000


def _stretches(cues, reference):
    """Both files cut where a reference cue starts, about once a minute; nothing is lost."""
    edges = [0]
    for cue in reference:
        if cue.span.start_ms - edges[-1] >= _STRETCH_MS:
            edges.append(cue.span.start_ms)
    edges.append(1 << 62)

    def within_edges(some, start, end):
        middles = ((cue.span.start_ms + cue.span.end_ms) / 2 for cue in some)
        return [cue for cue, middle in zip(some, middles, strict=True) if start <= middle < end]

    for start, end in pairwise(edges):
        here, there = within_edges(cues, start, end), within_edges(reference, start, end)
        if here or there:
            yield here, there


def legal_part(cues, reference, profile):
    """(cues, reference) without the reference cues that no subtitle file may have.

    Those are wider than all rows together or longer than the longest duration. What lies mostly on
    such a cue is left out with it.
    """
    widest = profile.max_lines * profile.max_chars_per_line
    is_legal = [
        line_width(" ".join(cue.lines), profile.counting) <= widest
        and cue.span.duration_ms <= profile.max_duration_ms
        for cue in reference
    ]

    def is_kept(cue):
        overlaps = [cue.span.overlap_ms(other.span) for other in reference]
        return max(overlaps) == 0 or is_legal[overlaps.index(max(overlaps))]

    legal = tuple(cue for cue, is_fine in zip(reference, is_legal, strict=True) if is_fine)
    return tuple(filter(is_kept, cues)), legal


# ---- against the reference: times and boundaries ------------------------------------------------


def _words(cues):
    """Every word in plain letters, and the number of the cue it stands in."""
    return [
        (word, number)
        for number, cue in enumerate(cues)
        for word in re.findall(r"[^\W_]+", " ".join(cue.lines).lower().replace("'", ""))
    ]


@dataclass(frozen=True)
class Agreement:
    """How a file's cues lie on those of the reference; counts, so that clips can be added up.

    Attributes:
        references: Cues of the reference.
        in_errors_ms: In-time minus the reference's, where both begin a cue at the same boundary.
        out_errors_ms: The same for the out-times there.
        hits: Cue boundaries at the same word.
        found: Boundaries of the file.
        wanted: Boundaries of the reference.
    """

    references: int
    in_errors_ms: tuple[int, ...]
    out_errors_ms: tuple[int, ...]
    hits: int
    found: int
    wanted: int

    def __add__(self, other):
        return Agreement(
            self.references + other.references,
            self.in_errors_ms + other.in_errors_ms,
            self.out_errors_ms + other.out_errors_ms,
            self.hits + other.hits,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def f1(self):
        return 2 * self.hits / (self.found + self.wanted) if self.hits else 0.0


# So many words may be misheard around a boundary that is still taken for the same.
_MISHEARD = 3


def agreement(cues, reference):
    """Match words in order, then the boundaries between the same words, then the times there."""
    said, wanted = _words(cues), _words(reference)
    pairs = _same_boundaries(said, wanted)
    ins = [
        cues[said[at][1]].span.start_ms - reference[wanted[there][1]].span.start_ms
        for at, there in pairs
        if at < len(said) and there < len(wanted)
    ]
    outs = [
        cues[said[at - 1][1]].span.end_ms - reference[wanted[there - 1][1]].span.end_ms
        for at, there in pairs
        if at and there
    ]
    inner = sum(0 < at < len(said) and 0 < there < len(wanted) for at, there in pairs)
    return Agreement(
        len(reference),
        tuple(ins),
        tuple(outs),
        inner,
        len(_boundaries(said)) - 2,
        len(_boundaries(wanted)) - 2,
    )


def _same_boundaries(said, wanted):
    """(boundary here, boundary there) by word position, each once; the first and last too."""
    matcher = difflib.SequenceMatcher(
        None, [word for word, _ in wanted], [word for word, _ in said], autojunk=False
    )
    matched = [(-1, -1)]
    for block in matcher.get_matching_blocks():
        matched += [(block.a + step, block.b + step) for step in range(block.size)]
    matched.append((len(wanted), len(said)))
    mine, pairs = _boundaries(said), {}
    for there in _boundaries(wanted):
        following = bisect_left(matched, (there, -1))
        (before, first), (after, last) = matched[following - 1], matched[following]
        if max(after - before, last - first) > _MISHEARD + 1:
            continue

        def away(at, there=there, left=matched[following - 1], right=matched[following]):
            from_left = abs((at - left[1]) - (there - left[0]))
            from_right = abs((right[1] - at) - (right[0] - there))
            # The ends of the file are no match: words may have been invented there.
            sides = [(from_left, left[0] >= 0), (from_right, right[0] < len(wanted))]
            return min((far for far, is_match in sides if is_match), default=from_left)

        free = [at for at in mine if first < at <= last and at not in pairs]
        if free:
            pairs[min(free, key=away)] = there
    return sorted(pairs.items())


def _boundaries(words):
    """Positions before which a cue begins, and the end."""
    inner = [at for at in range(1, len(words)) if words[at - 1][1] != words[at][1]]
    return [0, *inner, len(words)]


def within(errors_ms, frames):
    """Share of errors of at most so many frames; a millisecond of rounding is forgiven."""
    return share(abs(error) <= frames * FRAME_MS + 1 for error in errors_ms)


def resting(errors_ms):
    """Share of out-times up to half a second after the end of speech, give or take 2 frames.

    References end with the last word; the timing guidelines let a cue stay for half a second.
    """
    return share(-2 * FRAME_MS - 1 <= error <= 14 * FRAME_MS + 1 for error in errors_ms)


def median(errors_ms):
    return statistics.median(abs(error) for error in errors_ms) if errors_ms else float("nan")


def share(truths):
    truths = list(truths)
    return sum(truths) / len(truths) if truths else 1.0


# ---- against the limits --------------------------------------------------------------------------


def conformity(cues, profile):
    """Share of cues within each limit, in the order of the table (the gap: of pairs of cues)."""
    gap_ms = int(profile.min_gap_frames * FRAME_MS)
    width = profile.counting
    return {
        "at most two rows": share(len(cue.lines) <= profile.max_lines for cue in cues),
        "row length": share(
            max(line_width(line, width) for line in cue.lines) <= profile.max_chars_per_line
            for cue in cues
        ),
        "smallest gap": share(
            later.span.start_ms - earlier.span.end_ms >= gap_ms for earlier, later in pairwise(cues)
        ),
        "longest duration": share(cue.span.duration_ms <= profile.max_duration_ms for cue in cues),
        "shortest duration": share(cue.span.duration_ms >= profile.min_duration_ms for cue in cues),
        "reading speed": share(
            chars_per_second(cue.lines, cue.span.duration_ms, width)
            <= profile.max_chars_per_second + 0.05
            for cue in cues
        ),
    }


def bad_row_ends(cues, language, profile):
    """Row ends, and how many of them are an article, a preposition or a negation without need.

    Inside a cue there is no need when another break gives rows that fit; at the end of a cue there
    is none unless the cue is a single word.
    """
    leaning = frozenset(LEANING[language].split())
    total = bad = 0
    for cue in cues:
        for number, row in enumerate(cue.lines):
            total += 1
            if row.split()[-1].lower().replace("’", "'") not in leaning:
                continue
            is_last = number + 1 == len(cue.lines)
            text = " ".join(cue.lines if is_last else cue.lines[number : number + 2])
            bad += len(text.split()) > 1 if is_last else _could_break(text, leaning, profile)
    return total, bad


def _could_break(text, leaning, profile):
    words = text.split()
    return any(
        words[index - 1].lower() not in leaning
        and line_width(" ".join(words[:index]), profile.counting) <= profile.max_chars_per_line
        and line_width(" ".join(words[index:]), profile.counting) <= profile.max_chars_per_line
        for index in range(1, len(words))
    )

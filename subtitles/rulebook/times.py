"""Rules about in-times and out-times."""

from subtitles.findings import Severity
from subtitles.rulebook.rule import About, rules_about

TIMES = rules_about(
    About.TIMES,
    (
        (
            "overlap",
            Severity.ERROR,
            "ms",
            "The cue is still shown when the next one starts.",
            "End it earlier.",
        ),
        (
            "out-of-order",
            Severity.ERROR,
            "ms",
            "The next cue starts before this one does.",
            "Put the cues in the order of their in-times.",
        ),
        (
            "short-duration",
            Severity.WARNING,
            "ms",
            "The cue is too short to be noticed.",
            "Show it longer or join it with its neighbour.",
        ),
        (
            "long-duration",
            Severity.WARNING,
            "ms",
            "The cue stays so long that viewers start to read it again.",
            "End it earlier or split it.",
        ),
        (
            "gap",
            Severity.WARNING,
            "ms",
            "The next cue follows so closely that viewers may miss the change.",
            "End this cue a little earlier.",
        ),
        (
            "one-frame-gap",
            Severity.WARNING,
            "frames",
            "One empty frame before the next cue makes the text flicker.",
            "End this cue a frame earlier.",
        ),
        (
            "open-gap",
            Severity.INFO,
            "ms",
            "The gap to the next cue is too long to look like a change and too short for a pause.",
            "Let this cue stay until just before the next one.",
        ),
        (
            "off-grid",
            Severity.INFO,
            "ms",
            "The cue does not start and end on a frame of the picture.",
            "Move its times to the nearest frames.",
        ),
        (
            "beyond-media-end",
            Severity.WARNING,
            "ms",
            "The cue is shown after the picture has ended.",
            "End it earlier, or check that the file belongs to this title.",
        ),
        (
            "out-time-at-cut",
            Severity.WARNING,
            "frames",
            "The cue ends on a shot change or just before it, which flickers.",
            "End it two frames before the shot change.",
        ),
        (
            "out-time-near-cut",
            Severity.INFO,
            "frames",
            "The cue ends so near a shot change that viewers look up twice.",
            "End it two frames before the shot change, or half a second after it.",
        ),
        (
            "in-time-near-cut",
            Severity.INFO,
            "frames",
            "The cue starts so near a shot change that viewers look up twice.",
            "Start it on the first frame of the shot, or half a second before it.",
        ),
        (
            "crosses-cut",
            Severity.WARNING,
            "ms",
            "The cue stands over a shot change although nobody speaks over it.",
            "Keep it within the shot in which it is said.",
        ),
        (
            "early-in-time",
            Severity.WARNING,
            "ms",
            "The cue appears before it is said.",
            "Start it with the first sound of the speech.",
        ),
        (
            "late-in-time",
            Severity.WARNING,
            "ms",
            "The cue appears after its speech has begun.",
            "Start it with the first sound of the speech.",
        ),
        (
            "ends-before-speech",
            Severity.WARNING,
            "ms",
            "The cue is gone before its speech has ended.",
            "Show it until the speech ends, or split it.",
        ),
        (
            "lingers",
            Severity.INFO,
            "ms",
            "The cue stays long after its speech has ended.",
            "End it earlier.",
        ),
    ),
)

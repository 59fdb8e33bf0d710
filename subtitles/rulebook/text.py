"""Rules about the text: its room on the screen, its characters and spaces."""

from subtitles.findings import Severity
from subtitles.rulebook.rule import About, rules_about

ROOM = rules_about(
    About.ROOM,
    (
        (
            "line-count",
            Severity.ERROR,
            "lines",
            "The cue has too many lines.",
            "Shorten the text or set it in fewer lines.",
        ),
        (
            "reading-speed",
            Severity.WARNING,
            "chars/s",
            "The text is too long to be read in the time it is shown.",
            "Say it in fewer words, or show the cue longer.",
        ),
        (
            "line-length",
            Severity.WARNING,
            "characters",
            "A line is too long.",
            "Break it elsewhere or shorten the text.",
        ),
        (
            "unneeded-break",
            Severity.INFO,
            "characters",
            "The text is set in two lines and fits into one.",
            "Set it in one line.",
        ),
        (
            "leaning-line-end",
            Severity.INFO,
            "times",
            "A line ends in a word that belongs to the next one, such as an article.",
            "Break the line before that word.",
        ),
        (
            "lonely-word",
            Severity.INFO,
            "times",
            "A single word stands on the lower line.",
            "Break the text more evenly.",
        ),
    ),
)

TEXT = rules_about(
    About.TEXT,
    (
        (
            "empty-text",
            Severity.ERROR,
            "lines",
            "The cue has no text, or an empty line.",
            "Type the text, or ask a lead to remove the cue.",
        ),
        (
            "forbidden-characters",
            Severity.ERROR,
            "characters",
            "The text has control characters or direction overrides, which break players.",
            "Type the line again instead of pasting it.",
        ),
        (
            "invisible-characters",
            Severity.WARNING,
            "characters",
            "The text has invisible characters that some players show as boxes.",
            "Remove them, or type the line again.",
        ),
        (
            "unusual-glyph",
            Severity.WARNING,
            "characters",
            "The text has characters that many players cannot show.",
            "Write it with usual letters and marks.",
        ),
        ("double-space", Severity.WARNING, "times", "There are two spaces in a row.", "Leave one."),
        (
            "edge-space",
            Severity.WARNING,
            "times",
            "A line starts or ends with a space.",
            "Remove it.",
        ),
        (
            "tag-mismatch",
            Severity.WARNING,
            "tags",
            "A tag is opened and not closed, or closed and not opened.",
            "Put an opening and a closing tag around the words it is meant for.",
        ),
        (
            "repeated-cue",
            Severity.WARNING,
            "times",
            "The cue before says the same.",
            "Listen whether it is said again; if not, join the two cues.",
        ),
        (
            "low-confidence",
            Severity.WARNING,
            "probability",
            "The recogniser or translator was unsure here.",
            "Listen and compare.",
        ),
        (
            "listed-word",
            Severity.WARNING,
            "words",
            "The text has a word of the list of words to look at.",
            "Check that it suits the audience, or replace it.",
        ),
    ),
)

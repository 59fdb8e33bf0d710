"""Rules about what was heard: recognition that a person should compare with the sound."""

from subtitles.findings import Severity
from subtitles.rulebook.rule import About, rules_about

HEARING = rules_about(
    About.HEARING,
    (
        (
            "doubtful-words",
            Severity.WARNING,
            "words",
            "The recogniser may have invented words here.",
            "Listen; correct the text, or ask a lead to remove the cue if nobody says this.",
        ),
        (
            "foreign-speech",
            Severity.WARNING,
            "words",
            "Another language is spoken here than in the rest of the title.",
            "Check that the text is right, and that it should be shown.",
        ),
        (
            "missed-speech",
            Severity.WARNING,
            "s",
            "Somebody seems to speak near this cue, and there are no words for it.",
            "Listen; write what is said into the nearest cue, or ask a lead for a new one.",
        ),
        (
            "set-aside-text",
            Severity.WARNING,
            "characters",
            "Text was heard near this cue and taken for invented, so it is not shown.",
            "Listen; if somebody says it, write it into the nearest cue.",
        ),
    ),
)

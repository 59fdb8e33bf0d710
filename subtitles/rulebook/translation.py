"""Rules about a translation beside what it renders."""

from subtitles.findings import Severity
from subtitles.rulebook.rule import About, rules_about

TRANSLATION = rules_about(
    About.TRANSLATION,
    (
        (
            "no-translation",
            Severity.ERROR,
            "translations",
            "The engine gave no translation.",
            "Translate the cue.",
        ),
        (
            "untranslated",
            Severity.WARNING,
            "% words copied",
            "The text is the same as in the source language.",
            "Translate it, or confirm it as it is.",
        ),
        (
            "left-in-source",
            Severity.WARNING,
            "words",
            "Some words on end are the same as in the source language.",
            "Translate them, or confirm them as they are.",
        ),
        (
            "missing-numbers",
            Severity.WARNING,
            "numbers",
            "A number of the source text is missing.",
            "Compare the numbers with the source.",
        ),
        (
            "extra-numbers",
            Severity.INFO,
            "numbers",
            "There is a number that the source text does not have.",
            "Compare the numbers with the source.",
        ),
        (
            "negation-lost",
            Severity.WARNING,
            "negations",
            "The source text denies something and the translation does not seem to.",
            "Check that the sentence still says the same.",
        ),
        (
            "name-lost",
            Severity.INFO,
            "names",
            "A name of the source text is missing.",
            "Check that the name is there, in the form your language uses.",
        ),
        (
            "tags-lost",
            Severity.INFO,
            "tags",
            "The source text is in italics or moved on the screen, and the translation is not.",
            "Style the words that stand for the styled ones.",
        ),
        (
            "styling-dropped",
            Severity.WARNING,
            "tags",
            "Styling of single words could not be placed in the translation.",
            "Style the words that stand for the styled ones.",
        ),
        (
            "symbol-lost",
            Severity.WARNING,
            "symbols",
            "A symbol of the source text, such as a note of music, is missing.",
            "Put the symbol where it belongs.",
        ),
        (
            "translation-loop",
            Severity.WARNING,
            "repeats",
            "The translation says the same words over and over.",
            "Compare with the source and translate anew.",
        ),
        (
            "translation-too-long",
            Severity.WARNING,
            "× source length",
            "The translation is much longer than its source.",
            "Check that nothing was invented.",
        ),
        (
            "translation-too-short",
            Severity.WARNING,
            "× source length",
            "The translation is much shorter than its source.",
            "Check that nothing was left out.",
        ),
        (
            "sentence-count",
            Severity.INFO,
            "sentences",
            "The translation has more or fewer sentences than its source.",
            "Check that nothing was left out or invented.",
        ),
        (
            "low-quality",
            Severity.INFO,
            "chance of being right",
            "This is among the translations most likely to need work.",
            "Compare it with the source, and with the other renderings.",
        ),
        (
            "fewer-words-than-cues",
            Severity.WARNING,
            "words",
            "The sentence runs through more cues than its translation has words.",
            "Move words between the cues, or ask a lead to join them.",
        ),
        (
            "uncovered-source",
            Severity.WARNING,
            "cues",
            "Some source cues have no counterpart in this language.",
            "Check that nothing said was left out.",
        ),
    ),
)

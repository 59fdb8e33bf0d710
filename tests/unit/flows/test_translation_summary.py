"""How a translated track is told in numbers."""

from dataclasses import replace

import pytest
from timed_text import cue, language, track
from translate_fakes import sentence

from flows.translation_summary import TranslationSummary, redone_text, summary_of, summary_text
from subtitles.findings import Finding, Severity
from translate.drafts import Origin, SentenceDraft
from translate.glossary.agreed import AgreedTerm
from translate.track import TranslatedTrack

BARTON = AgreedTerm(said="Barton", forms=("Μπάρτον",))


def draft(number, text, **more):
    fields = {"source_text": f"s{number}", "cue_ids": (f"t{number}",), "origin": Origin.MACHINE}
    return SentenceDraft(text=text, **(fields | more))


def made(*drafts, texts=("ένα", "δύο")):
    cues = [
        cue(text, 1_000 * n, 1_000 * n + 900, cue_id=f"t{n}", source_cue_ids=(f"c{n}",))
        for n, text in enumerate(texts)
    ]
    doubt = Finding(
        rule="low-quality",
        severity=Severity.INFO,
        cue_id="t1",
        measured=0,
        limit=1,
        unit="",
        source="",
    )
    return TranslatedTrack(track=track(cues, "el"), sentences=drafts, warnings=(doubt, doubt))


def test_what_is_counted():
    result = made(
        draft(0, "ένα Μπάρτον", quality=0.5, terms=(BARTON, BARTON)),
        draft(1, "δύο", origin=Origin.MEMORY, terms=(BARTON,)),
    )
    assert result.track.language == language("el")
    own_word = replace(sentence("Barton"), cue_ids=())
    asked = [sentence("two", "c1"), sentence("two", "c1"), own_word]
    assert summary_of(result, asked) == TranslationSummary(
        sentences=2,
        mean_quality=0.5,
        low_quality_cues=1,
        terms=2,
        terms_honoured=1,
        from_memory=1,
        asked=2,
        asked_cues=("t1",),
    )


@pytest.mark.parametrize(
    ("before", "changed"),
    [
        (made(draft(0, "a"), draft(1, "b")), ()),
        (made(draft(0, "a"), draft(1, "c")), ("t1",)),
        (made(draft(0, "a", source_text="other"), draft(1, "b")), ("t0",)),
        # The sentences read the same, and are shared out otherwise.
        (made(draft(0, "a"), draft(1, "b"), texts=("ένα δύο", "…")), ("t0", "t1")),
        (made(texts=()), ("t0", "t1")),
    ],
)
def test_what_is_not_as_it_was(before, changed):
    assert summary_of(made(draft(0, "a"), draft(1, "b")), (), before).changed_cues == changed


FEW = TranslationSummary(
    sentences=2_000,
    mean_quality=None,
    low_quality_cues=0,
    terms=0,
    terms_honoured=0,
    from_memory=0,
)


def test_what_there_is_nothing_of_is_not_told():
    assert summary_text(FEW) == "2,000 sentences"
    assert redone_text(FEW) == "0 asked anew"
    many = replace(FEW, mean_quality=0.756, low_quality_cues=3, terms=9, terms_honoured=8)
    assert summary_text(replace(many, from_memory=7)) == (
        "2,000 sentences, estimated quality 76%, 3 cues trusted least, "
        "8 of 9 terms as agreed, 7 from memory"
    )
    assert (
        redone_text(replace(FEW, asked=1, changed_cues=("t1",))) == "1 asked anew, cues changed: 1"
    )

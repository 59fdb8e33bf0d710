"""Checks and typography pass agree: with what the pass has set, the checks find no fault."""

import re

from hypothesis import given
from hypothesis import strategies as st
from timed_text import cue, profile, track

from subtitles.checks.printed import printing_rules
from subtitles.checks.track import check_track
from subtitles.picture import NO_PICTURE
from subtitles.rules import RULES
from subtitles.typography.marked import MarkedText
from subtitles.typography.setting import typeset_track

TAGS = ("en", "es", "fr", "de", "nl", "pl", "ru", "ar", "he", "ja", "zh", "ro", "el", "bg")
_PIECES = st.sampled_from(
    [
        *("Come in", "yes", "no", "he said", "Dr. Watson", "I", "4 p.m.", "Ştefan", "家に", "تعال"),
        *(" ", " ", " ", ", ", ". ", "? ", "! ", "...", "…", " ?", "?!", '"', "“", "”", "«", "»"),
        *("--", "—", "\n", "\n-", "\n- ", "<i>", "</i>", ": ", "; "),
    ]
)
# Not rows that start with a mark: "- ?" and "- ”" ask for a space and for none.
_STARTS_WELL = re.compile(r"(?:-\s*)?(?:</?i>)*[“«…]?\w")
_TEXTS = st.lists(_PIECES, min_size=1, max_size=10).map(
    lambda parts: "\n".join(filter(_STARTS_WELL.match, "".join(parts).split("\n"))) or "x"
)


@given(st.lists(_TEXTS, min_size=1, max_size=4), st.sampled_from(TAGS))
def test_nothing_is_found_on_what_the_pass_has_set(texts: list[str], tag: str) -> None:
    limits = profile(tag)
    named = {one.rule_id for one in printing_rules(MarkedText([]), limits)} | {"continuation-style"}
    assert named <= RULES.keys()
    cues = [
        cue(text, n * 5000, n * 5000 + 4900 - 2000 * (n % 2), cue_id=str(n))
        for n, text in enumerate(texts)
    ]
    typeset = typeset_track(track(cues, tag), limits).track
    found = check_track(typeset, limits, picture=NO_PICTURE)
    assert [one for one in found if one.rule in named] == []

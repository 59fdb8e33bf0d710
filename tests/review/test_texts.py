"""What people may write: cleaned, refused, compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import InvalidEditError
from review.store import MAX_CUE_TEXT_CHARS
from review.texts import (
    clean_cue_text,
    clean_name,
    clean_reason,
    is_storable,
    name_key,
    require_storable,
)
from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.registry import FORMATS
from subtitles.span import Span

cue_texts = st.text(
    st.one_of(
        st.sampled_from("ab -<>&\n\r\t\u0301\u05d0\u202e\u200f\u200b\u2028\x00"), st.characters()
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Guten Tag.", "Guten Tag."),
        ("a  \r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\u2028b", "a\nb"),
        ("a\u0085b", "a\nb"),
        ("a \n\n ", "a"),
        ("  a", "  a"),
        ("e\u0301", "\u00e9"),
        ("<i>a</i> --> b", "<i>a</i> --> b"),
        ("\u200fשלום\u200f", "\u200fשלום\u200f"),
        ("\u2067שלום\u2069", "\u2067שלום\u2069"),
        ("👩‍👧", "👩‍👧"),
        ("x" * MAX_CUE_TEXT_CHARS, "x" * MAX_CUE_TEXT_CHARS),
        ("e\u0301" * MAX_CUE_TEXT_CHARS, "\u00e9" * MAX_CUE_TEXT_CHARS),
    ],
)
def test_a_cue_text_is_stored_in_one_form(typed, stored):
    assert clean_cue_text(typed) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "blank"),
        (" \u00a0\u3000\n", "blank"),
        ("\u200b\u2060\ufeff\u00ad", "blank"),
        ("a\n\nb", "row is blank"),
        ("a\n \u200b\nb", "row is blank"),
        ("\na", "row is blank"),
        ("a\tb", r"U\+0009"),
        ("a\x00b", r"U\+0000"),
        ("a\x1b[31m", r"U\+001B"),
        ("a\x9bb", r"U\+009B"),
        ("a\x0bb", r"U\+000B"),
        ("a\u202eb", "right-to-left override"),
        ("a\u202db", "left-to-right override"),
        ("a\ud800b", r"U\+D800"),
        ("x" * (MAX_CUE_TEXT_CHARS + 1), "500 characters"),
        ("x" * 10_000_000, "500 characters"),
    ],
)
def test_what_cannot_be_a_cue_is_refused_with_the_reason(typed, why):
    with pytest.raises(InvalidEditError, match=why):
        clean_cue_text(typed)


@given(cue_texts)
def test_what_is_accepted_is_clean_stays_clean_and_survives_every_file_format(typed):
    try:
        text = clean_cue_text(typed)
    except InvalidEditError:
        return
    assert clean_cue_text(text) == text
    assert is_storable(text)
    assert unicodedata.is_normalized("NFC", text)
    assert all(row.strip() and row == row.rstrip() for row in text.split("\n"))
    subtitles = (
        Subtitle(Span(0, 1000), tuple(text.split("\n"))),
        Subtitle(Span(1000, 2000), ("z",)),
    )
    for extension in ("srt", "vtt"):
        text = FORMATS[extension].encode(SubtitleDocument(subtitles=subtitles))
        decoded = FORMATS[extension].decode(text).document.subtitles
        assert [one.span for one in decoded] == [one.span for one in subtitles]
        assert decoded[1].lines == ("z",)


def test_a_reason_may_have_paragraphs_but_no_control_characters():
    assert clean_reason(" Too stiff.\r\n\r\nCue 4. \n") == "Too stiff.\n\nCue 4."
    for refused in ("", "\n", "\u200b", "a\x07", "a\u202eb", "x" * 1001, "x" * 10_000_000):
        with pytest.raises(InvalidEditError):
            clean_reason(refused)
    assert len(clean_reason("x" * 1000)) == 1000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "ANA"),
        ("Straße", "STRASSE"),
        ("ﬁn", "fin"),
        ("Ana  Lee", "ana lee"),
        ("é", "e\u0301"),
    ],
)
def test_names_that_look_alike_have_one_key(one, other):
    assert name_key(one) == name_key(other)
    assert name_key(name_key(one)) == name_key(one)


def test_a_name_is_one_line_of_single_spaces():
    assert clean_name("  Ana \u00a0 Lee ") == "Ana Lee"


@given(st.text())
def test_the_key_of_a_key_is_the_key(name):
    assert name_key(name_key(name)) == name_key(name)


@given(st.text(st.one_of(st.characters(), st.sampled_from(["\x00", "\ud800", "\udfff"]))))
def test_only_what_has_no_bytes_is_unstorable(text):
    try:
        has_bytes = b"\0" not in text.encode()
    except UnicodeEncodeError:
        has_bytes = False
    assert is_storable(text) is has_bytes
    if has_bytes:
        require_storable("it", text)
    else:
        with pytest.raises(InvalidEditError, match="it holds"):
            require_storable("it", text)

"""Sentence pairs: read strictly, sifted with reasons."""

import lzma
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_data import DE, ES, PAIRS

from translate.training.errors import MalformedPairsError
from translate.training.pairs import MAX_CHARS, SentencePair, folded, read_pairs, sift


def pair(source="Good morning.", target="Buenos días.", language=ES):
    return SentencePair(source=source, target=target, language=language)


def test_three_columns_name_the_language_in_any_of_its_codes(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("spa\tGood  morning.\tBuenos días.\r\n\ndeu\tNo.\tNein.\n", encoding="utf-8")
    assert list(read_pairs(path)) == [pair(), pair("No.", "Nein.", DE)]


def test_two_columns_are_of_the_language_given_and_packed_files_are_read(tmp_path):
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(lzma.compress("Good morning.\tBuenos días.\n".encode()))
    assert list(read_pairs(path, ES)) == [pair()]


@pytest.mark.parametrize(
    ("content", "language", "why"),
    [
        (b"a\tb\nonly one\n", ES, "line 2: it has 1 columns"),
        (b"a\tb\n", None, "line 1: it has 2 columns"),
        (b"es\ta\tb\n", ES, "line 1: it has 3 columns"),
        (b"klingonese\ta\tb\n", None, "line 1: unknown language 'klingonese'"),
        (b"a\tb\n\xff\tc\n", ES, "damaged or not UTF-8"),
        (b"x" * 5 * MAX_CHARS, ES, "line 1: it is too long"),
    ],
)
def test_a_line_that_is_no_pair_is_an_error_that_names_it(tmp_path, content, language, why):
    path = tmp_path / "pairs.tsv"
    path.write_bytes(content)
    with pytest.raises(MalformedPairsError, match=re.escape(why)):
        list(read_pairs(path, language))


def test_a_packed_file_cut_short_is_an_error_and_a_bomb_stays_small(tmp_path):
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(lzma.compress(b"a\tb\n" * 1000)[:-20])
    with pytest.raises(MalformedPairsError, match="damaged"):
        list(read_pairs(path, ES))
    path.write_bytes(lzma.compress(b"x" * 10_000_000))
    with pytest.raises(MalformedPairsError, match="too long"):
        list(read_pairs(path, ES))


@pytest.mark.parametrize(
    ("faulty", "reason"),
    [
        (pair("♪ …", "♪"), "without letters"),
        (pair("GOOD MORNING!", "¡Buen día!"), "held out"),
        (pair("b " * MAX_CHARS, "b " * MAX_CHARS), "too long"),
        (pair("No.", "Esto es mucho más de lo que nadie ha dicho nunca."), "of different lengths"),
        (pair("See you later.", "see you later"), "not translated"),
        (pair("Yes.", "Sí."), "repeated"),
    ],
)
def test_what_is_not_worth_training_on_is_left_out_and_counted(faulty, reason):
    good = (pair("Yes.", "Sí."), pair("Yes.", "Ja.", DE), pair("Tom", "Tom"))
    sifted = sift([*good, faulty], {folded("Good morning.")})
    assert sifted.pairs == good
    assert sifted.left_out == {reason: 1}


@given(st.lists(st.sampled_from(PAIRS)), st.sets(st.sampled_from([one.source for one in PAIRS])))
def test_sifting_keeps_order_loses_nothing_uncounted_and_lets_no_held_out_line_through(pairs, held):
    sifted = sift(pairs, {folded(source) for source in held})
    assert len(sifted.pairs) + sum(sifted.left_out.values()) == len(pairs)
    assert list(sifted.pairs) == [one for one in dict.fromkeys(pairs) if one.source not in held]

"""Translation memories as TMX: what goes out comes back, what is hostile is refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_units import EN_DE, pair_of, unit_of, units

from translate.memory.tmx_reading import MalformedMemoryError, decode_tmx
from translate.memory.tmx_writing import encode_tmx

# Written for this test, in the way of a desktop translation tool.
FOREIGN = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="Other" creationtoolversion="8" segtype="sentence" o-tmf="other"
 adminlang="en-US" srclang="EN-US" datatype="xml"/>
<body>
<tu changedate="20240229T081500Z" changeid="jane.doe@example.org">
 <prop type="prev">Who is there?</prop>
 <tuv xml:lang="PT-BR">
  <seg>Sou <hi>eu</hi>, <bpt i="1">&lt;b&gt;</bpt>Ana<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
 <tuv xml:lang="EN-US"><prop type="next">Come in.</prop>
  <seg>It's <hi>me</hi>, <ph>{1}</ph>Ana.</seg></tuv>
 <tuv lang="de"><seg>Ich bin's.</seg></tuv>
</tu>
<tu><tuv xml:lang="fr"><seg>Non.</seg></tuv></tu>
<tu changedate="yesterday"><tuv xml:lang="en"><seg>No.</seg></tuv>
<tuv xml:lang="xx-klingon!"><seg>!</seg></tuv>
<tuv xml:lang="de"><seg> </seg></tuv><tuv xml:lang="es"><seg>No.</seg></tuv></tu>
</body></tmx>
"""


def tmx(body: str, head: str = "", source: str = "en") -> bytes:
    return (
        f'{head}<tmx version="1.4"><header srclang="{source}"/><body>{body}</body></tmx>'.encode()
    )


@given(st.lists(units(), max_size=6))
def test_what_was_written_is_read_again(kept):
    read = decode_tmx(encode_tmx(kept).encode(), "")
    assert read.units == tuple(kept)
    assert (read.passed_over, read.remarks) == (0, ())


def test_other_tools_files_are_understood():
    read = decode_tmx(FOREIGN.encode(), "old.tmx")
    portuguese, german, spanish = read.units
    assert portuguese.pair == pair_of("en-US", "pt-BR")
    assert (portuguese.source_text, portuguese.text) == ("It's me, Ana.", "Sou eu, Ana.")
    assert (portuguese.before, portuguese.after) == ("Who is there?", "Come in.")
    assert portuguese.approved_at == datetime(2024, 2, 29, 8, 15, tzinfo=UTC)
    assert portuguese.title == "old.tmx"
    assert (german.text, german.pair.target) == ("Ich bin's.", "de")
    assert (spanish.source_text, spanish.approved_at) == ("No.", None)
    assert read.passed_over == len(read.remarks) == 3
    assert read.remarks[0] == "line 15: no sentence in the source language"
    assert "jane" not in repr(read)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_the_standard_are_read(encoding):
    text = encode_tmx([unit_of("Yes.", "Jä.")]).replace('encoding="UTF-8"', "")
    assert decode_tmx(text.encode(encoding)).units[0].text == "Jä."


def test_a_file_that_names_no_source_has_it_first():
    variants = (
        '<tuv xml:lang="ja"><seg>はい。</seg></tuv>',
        '<tuv xml:lang="en"><seg>Yes.</seg></tuv>',
    )
    assert decode_tmx(tmx(f"<tu>{''.join(variants)}</tu>", source="*all*")).units[
        0
    ].pair == pair_of("ja", "en")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (tmx("", '<!DOCTYPE tmx [<!ENTITY a "aaaa">]>'), "document type"),
        (
            tmx("", '<!DOCTYPE tmx SYSTEM "a.dtd" [<!ENTITY % p SYSTEM "file:///x"> %p;]>'),
            "document type",
        ),
        (tmx("", '<!DOCTYPE html SYSTEM "tmx14.dtd">'), "document type"),
        (tmx("<tu>&nbsp;</tu>", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "entity"),
        (tmx("<tu>&nbsp;</tu>"), "undefined entity"),
        (tmx("<tu>" * 60), "nested"),
        (b"<html/>", "header and body"),
        (b"", "well-formed"),
        (b"\x80\x81", "UTF-8"),
    ],
)
def test_what_is_no_memory_or_would_do_harm_is_refused(data, why):
    with pytest.raises(MalformedMemoryError, match=why):
        decode_tmx(data)


def test_more_than_can_be_held_is_refused(monkeypatch):
    monkeypatch.setattr("translate.memory.tmx_reading.MAX_TMX_BYTES", 300)
    with pytest.raises(MalformedMemoryError, match="MB are not read"):
        decode_tmx(tmx("<tu/>" * 100))
    monkeypatch.undo()
    monkeypatch.setattr("translate.memory.tmx_reading.MAX_TMX_UNITS", 2)
    with pytest.raises(MalformedMemoryError, match="more than 2 units"):
        decode_tmx(encode_tmx([unit_of(f"{n}", "x") for n in range(3)]).encode())


def test_markup_in_texts_stays_text():
    hostile = unit_of("<seg>&amp;\"']]></seg>", "<!DOCTYPE x>", title='"><tu/>')
    assert decode_tmx(encode_tmx([hostile]).encode()).units == (hostile,)


def test_the_same_unit_has_the_same_id_and_another_origin_another():
    ids = {
        unit_of("a", "b").unit_id,
        unit_of("a", "b", day=3).unit_id,
        unit_of("a", "b", role="lead").unit_id,
        unit_of("a", "b", pair=EN_DE).unit_id,
    }
    assert len(ids) == 1
    assert unit_of("a", "b", title="Film").unit_id not in ids

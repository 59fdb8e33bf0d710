"""Glossaries as files: what was written is read back, and a fault has its line."""

import csv
import io

import pytest
from glossaries import glossaries, glossary, term
from hypothesis import given, settings

from subtitles.errors import FormatError
from subtitles.language import parse_language
from translate.glossary import files as glossary_files
from translate.glossary.faults import MalformedGlossaryError, UnwritableGlossaryError
from translate.glossary.files import inspected, read_glossary, write_glossary

SOME = glossary(
    term("wand", pt_BR="varinha|varinhas", de="Zauberstab", note="Not a stick; a tool."),
    term("Elinor", "do-not-translate", owner="Ana"),
    term("The Hollow", "title", es="La Hondonada"),
)


@given(glossaries("en", "ja"))
@settings(max_examples=60)
def test_a_table_says_what_was_written(written):
    assert read_glossary(write_glossary(written, "x.csv"), "x.csv") == written


@given(glossaries("en", min_size=1))
@settings(max_examples=60)
def test_tbx_says_what_was_written(written):
    assert read_glossary(write_glossary(written, "x.tbx"), "x.tbx") == written


@given(glossaries("en"))
@settings(max_examples=30)
def test_no_cell_of_a_table_is_run_by_a_spreadsheet(written):
    text = write_glossary(written, "x.csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))


@pytest.mark.parametrize(
    "text",
    [
        "term,language,pt-BR\nwand,en,varinha|varinhas\n",
        "term;language;pt-BR\r\nwand;en;varinha | varinhas\r\n",
        "\ufeffTerm\tLanguage\tpt_br\n\n wand \ten\tvarinha|varinhas\n\t\t\n",
        'sep=;\n"term";"language";"por-BR"\n"wand";"EN";"varinha|varinhas"',
    ],
)
def test_tables_of_any_spreadsheet_are_read(text):
    read = read_glossary(text.encode(), "words.CSV")
    assert read == glossary(term("wand", pt_BR="varinha|varinhas"))


def test_what_a_row_leaves_open_has_a_usual_value():
    text = "term,kind,es\nwand,,varita\nElinor,name,\nHBO,Do-Not-Translate,\n"
    read = read_glossary(text.encode(), "x.csv", parse_language("en"))
    assert [(one.text, one.kind, one.case, one.status) for one in read.terms] == [
        ("Elinor", "name", "keep", "approved"),
        ("HBO", "do-not-translate", "keep", "approved"),
        ("wand", "term", "any", "approved"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, 'no heading "term"'),
        ("word,language\nwand,en", 1, "'word' is neither"),
        ("term,language,es,ES\nwand,en,a,b", 1, "two columns"),
        ("term,es\nwand,varita", 2, "say in which language"),
        ("term,language\nwand,klingonese", 2, "unknown language"),
        ("term,language,kind\nwand,en,spell", 2, "'spell' is none of"),
        ("term,language,es\n\nwand,en,a||b", 3, "nothing between two bars"),
        ("term,language,es\nwand,en,a|a", 2, "different renderings"),
        ("term,language,en\nwand,en,stick", 2, "a language twice"),
        ("term,language,kind,es\nHBO,en,do-not-translate,HBO", 2, "has a translation"),
        ("term,language\n...,en", 2, "neither a letter nor a figure"),
        ("term,language\n" + "a" * 121 + ",en", 2, "up to 120 characters"),
        ("term,language\nwand,en\nwand,en", 3, "stands in line 2 already"),
        ("term,language\nwand,en,x", 2, "3 cells below 2 headings"),
        ('term,language,note\n"a\nb",en,\n"wand,en,', 4, "no row of a table"),
        ('term,language\n"a"b,en', 2, "no row of a table"),
        ("term,language\n" + '"' + "a" * 200_000 + '",en', 2, "no row of a table"),
        (b"term,language\nw\xe4nd,en", 2, "UTF-8"),
    ],
)
def test_a_fault_in_a_table_has_its_line(text, line, says):
    data = text if isinstance(text, bytes) else text.encode()
    found = inspected(data, "x.csv")
    assert [(one.line, says in str(one)) for one in found.faults] == [(line, True)]
    with pytest.raises(MalformedGlossaryError, match=f"line {line}"):
        read_glossary(data, "x.csv")


def test_all_faults_are_found_at_once_and_the_error_counts_them():
    text = "term,language,kind\nwand,en,x\nstaff,en,\n???,en,\nstaff,en,\n"
    assert [one.line for one in inspected(text.encode(), "x.csv").faults] == [2, 4, 5]
    with pytest.raises(MalformedGlossaryError, match="and 2 more"):
        read_glossary(text.encode(), "x.csv")


DCA = """<?xml version='1.0'?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader/><text><body>
<conceptEntry id="1"><descrip type="definition">A stick.</descrip><note>Spoken softly.</note>
 <langSec xml:lang="de"><termSec><term>Stecken</term>
  <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
  <termSec><term>Stab</term></termSec>
  <termSec><term>Zauberstab</term>
  <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
 <langSec xml:lang="en-US"><termSec><term>wand</term></termSec>
  <termSec><term>magic
   wand</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="2"><langSec xml:lang="en"><termSec><term>Elinor</term>
 <termNote type="partOfSpeech">properNoun</termNote></termSec></langSec></conceptEntry>
</body></text></tbx>"""
VERSION_2 = """<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><langSet xml:lang="en"><ntig><termGrp><term>wand</term>
 <termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="es"><tig><term>varita</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_version_3_with_attributes_and_synonyms_is_read():
    read = read_glossary(DCA.encode(), "x.tbx")
    forms = {"de": "Zauberstab|Stab"}
    assert read == glossary(
        term("wand", tag="en-US", note="Spoken softly.", **forms),
        term("magic wand", tag="en-US", note="Spoken softly.", **forms),
        term("Elinor", "name"),
    )


def test_version_2_is_read():
    assert read_glossary(VERSION_2.encode(), "x.xml") == glossary(term("wand", es="varita"))


def test_a_file_is_read_from_any_of_its_languages():
    read = read_glossary(VERSION_2.encode(), "x.tbx", parse_language("es"))
    assert read == glossary(term("varita", tag="es", en="wand"))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<tbx", 1, "not well-formed"),
        ("<!DOCTYPE martif SYSTEM 'x.dtd'>\n<martif/>", 1, "document type"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><tbx>&a;</tbx>", 1, "document type"),
        ("<html/>", 1, "not the root"),
        (VERSION_2.replace('"es"', '"en"'), 2, "language twice"),
        (VERSION_2.replace('langSet xml:lang="es"', "langSet"), 4, "names no language"),
        (VERSION_2.replace('"es"', '"qqq"'), 2, "unknown language"),
        (VERSION_2.replace("<term>varita</term>", ""), 4, "no term"),
        (VERSION_2.replace("varita", "—"), 2, "neither a letter"),
        (VERSION_2.replace('<langSet xml:lang="en">', '<langSet xml:lang="it">'), 2, "in en"),
    ],
)  # fmt: skip
def test_a_fault_in_tbx_has_its_line(text, line, says):
    found = inspected(text.encode(), "x.tbx")
    assert [(one.line, says in str(one)) for one in found.faults] == [(line, True)]


def test_tbx_refuses_terms_of_several_languages():
    with pytest.raises(UnwritableGlossaryError, match="en, ja"):
        write_glossary(glossary(term("a"), term("b", tag="ja")), "x.tbx")


def test_files_of_other_kinds_and_sizes_are_refused(monkeypatch):
    with pytest.raises(FormatError, match="no glossary"):
        read_glossary(b"", "words.xlsx")
    with pytest.raises(FormatError, match="no glossary"):
        write_glossary(SOME, "words.doc")
    monkeypatch.setattr(glossary_files, "MAX_FILE_BYTES", 10)
    with pytest.raises(FormatError, match="MB"):
        read_glossary(write_glossary(SOME, "x.csv"), "x.csv")

"""One text as each language prints it: before and after."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import any_text, profile

from subtitles.typography.marked import TAG
from subtitles.typography.setting import set_text

TABLE = [
    # Ellipses, spaces and punctuation that most languages share.
    ("en", "Well...", "Well…"),
    ("en", "Well....", "Well…"),
    ("en", "Well. . . no", "Well… no"),
    ("en", "Well…. No.", "Well… No."),
    ("en", "etc.. and so on", "etc.. and so on"),
    ("en", "Well ⋯ no", "Well… no"),
    ("en", "... and then", "…and then"),
    ("en", "So ...", "So…"),
    ("en", "Hello , you !", "Hello, you!"),
    ("en", "Two  spaces\u2009and thin ones. ", "Two spaces and thin ones."),
    ("en", "Yes,no;maybe!Why?So", "Yes, no; maybe! Why? So"),
    ("en", "At 10:30, 1,000 of .22 calibre", "At 10:30, 1,000 of .22 calibre"),
    ("en", "see www.a.com/b?c=d or me@a.com,please", "see www.a.com/b?c=d or me@a.com,please"),
    ("en", "AT&amp;T;s", "AT&amp;T;s"),
    ("en", "nice :)", "nice :)"),
    ("en", "I was going—", "I was going--"),
    ("en", "I was going, --", "I was going--"),
    ("en", "I was--\n-No.", "I was--\n-No."),
    ("en", "a mid - to late", "a mid - to late"),
    ("en", "the twenty-", "the twenty-"),
    # English quotation marks; apostrophes stay.
    ("en", '"Yes," he said. "No."', "“Yes,” he said. “No.”"),
    ("en", "\"She said 'no' to me.\"", "“She said ‘no’ to me.”"),
    ("en", 'He said "I heard "no" there".', "He said “I heard ‘no’ there”."),
    ("en", "don't, rock 'n' roll, it’s", "don't, rock 'n' roll, it’s"),
    ("en", "\"Rock 'n' roll, 'cause I don't.\"", "“Rock 'n' roll, 'cause I don't.”"),
    ("en", 'a 5" nail', 'a 5" nail'),
    ("en", '<i>"Go," she said.</i>', "<i>“Go,” she said.</i>"),
    ("en", '<font color="red">"Go"</font>', '<font color="red">“Go”</font>'),
    ("en", '{\\an8}"Go ..."', "{\\an8}“Go…”"),
    ("en", 'open "only here', "open “only here"),
    ("en", 'and closed here"', "and closed here”"),
    ("en", "«Yes», „no“", "“Yes”, “no”"),
    ("xh", '"Molo"', "“Molo”"),
    # Spanish
    ("es", "Qué haces?", "¿Qué haces?"),
    ("es", "¿Qué haces?", "¿Qué haces?"),
    ("es", "Juan, ¿qué haces?", "Juan, ¿qué haces?"),
    ("es", "Hola. Qué haces? Vete!", "Hola. ¿Qué haces? ¡Vete!"),
    ("es", "Viene el Sr. López?", "¿Viene el Sr. López?"),
    ("es", "Qué?!", "¡¿Qué?!"),
    ("es", "?!", "?!"),
    ("es", '- "Ya?"', "- “¿Ya?”"),
    ("es", "Dijo “sí” y se fue?", "¿Dijo “sí” y se fue?"),
    ("es", "<i>No!</i>", "<i>¡No!</i>"),
    ("es-419", "-Sí.\n-Seguro?", "-Sí.\n-¿Seguro?"),
    ("es", "Iba a decir--", "Iba a decir…"),
    # French, both kinds
    ("fr", 'Il dit : "Quoi ?"', "Il dit\u00a0: «\u00a0Quoi\u00a0?\u00a0»"),
    ("fr", "Quoi?!", "Quoi\u00a0?!"),
    ("fr", "Il est 10:30.", "Il est 10:30."),
    ("fr", "Non\u202f!", "Non\u00a0!"),
    ("fr", 'l\'"amour"', "l'«\u00a0amour\u00a0»"),
    ("fr", "« Il dit “oui” »", "«\u00a0Il dit «\u00a0oui\u00a0»\u00a0»"),
    ("fr", "Oui , peut-être …", "Oui, peut-être…"),
    ("fr-CA", "Quoi ? Il dit : «Non»", "Quoi? Il dit\u00a0: «\u00a0Non\u00a0»"),
    # Other Latin scripts
    ("pt-BR", '"Estou bem", disse.', "“Estou bem”, disse."),
    ("pt-PT", '"Ele disse "sim" ontem."', "«Ele disse “sim” ontem.»"),
    ("de", "Er sagt: \"Ja, 'gern'.\"", "Er sagt: „Ja, ‚gern‘.“"),
    ("de", ',,Ja" — nein', "„Ja“ — nein"),
    ("de", "ja,,nein", "ja,,nein"),
    ("it", '"Ciao"', "«Ciao»"),
    ("nl", '"Hoi, \'s morgens", zei hij.', "‘Hoi, 's morgens’, zei hij."),
    ("pl", '"Tak"', "„Tak”"),
    ("cs", '"Ano"', "„Ano“"),
    ("hu", '"Azt mondta, "igen"."', "„Azt mondta, »igen«.”"),
    ("sv", '"Ja"', "”Ja”"),
    ("fi", '"Talo"n ovi', "”Talo”n ovi"),
    ("tr", '"Hürriyet"te', "“Hürriyet”te"),
    ("ro", 'ştiu că "ţara"', "știu că „țara”"),
    ("nb", '"Ja"', "«Ja»"),
    # Cyrillic and Greek
    ("ru", '"Он сказал "да"".', "«Он сказал „да“»."),
    ("uk", '"Так"', "«Так»"),
    ("el", "Τι κάνεις? Καλά\u037e", "Τι κάνεις; Καλά;"),
    ("el", 'ό,τι "θέλεις"', "ό,τι «θέλεις»"),
    # Right to left
    ("ar", "ماذا?! نعم, لا; ربما", "ماذا؟ نعم، لا؛ ربما"),
    ("ar", "“نعم”", '"نعم"'),
    ("ar", 'قال "سمعت "نعم" هنا"', 'قال "سمعت (نعم) هنا"'),
    ("ar", 'ال"كلمة" وال"بيت"', 'الـ"كلمة" والـ"بيت"'),
    ("ar", "1,000 ?", "1,000؟"),
    ("ar", "نعم ، لا", "نعم، لا"),
    ("fa", "چرا?", "چرا؟"),
    ("he", 'צה"ל אמר "שלום"', 'צה"ל אמר ”שלום”'),
    # East and South-East Asia
    ("ja", '"はい"と"いいえ"', "「はい」と「いいえ」"),
    ("ja", "はい,そうです.本当?", "はい、そうです。本当？"),
    ("ja", "3.5と1,000、OK!", "3.5と1,000、OK!"),
    ("ja", "ま・・・・まさか。。。", "ま…まさか…"),
    ("ja", "『雪国』を読む", "『雪国』を読む"),
    ("zh-Hans", '他说:"你好,世界."', "他说：“你好，世界。”"),
    ("zh-Hans", "约翰・史密斯, 你好", "约翰·史密斯，你好"),
    ("zh-Hans", "等等……好吗?", "等等……好吗？"),
    ("zh-Hans", "「他说『好』」", "“他说‘好’”"),
    ("zh-Hant", '"他說‘好’"', "「他說『好』」"),
    ("ko", '"안녕"이라고 말했다 .', "“안녕”이라고 말했다."),
    ("th", '"ใช่" เขาพูด', "“ใช่” เขาพูด"),
    ("hi", '"हाँ" ...', "“हाँ”…"),
]


@pytest.mark.parametrize(("tag", "before", "after"), TABLE)
def test_a_text_is_printed_as_its_language_prints(tag, before, after):
    assert set_text(before, profile(tag)) == after
    assert set_text(after, profile(tag)) == after


TAGS = (
    *("en", "fr", "fr-CA", "es", "ar", "he", "ja", "zh-Hans", "zh-Hant", "ko", "nl", "hu", "ru"),
    *("de", "th", "el", "ro", "sv"),
)
_SIGNS = st.text(
    "abÀع日א1  ..,;:!?…\"“”«»„‘’'--–—()[]\n\u00a0\u202f\u0301¿¡،؟。，♪<i>{\\}&@⋯ـال", max_size=30
)
_WORDS = st.lists(
    st.sampled_from(
        [
            *('"', "“", "”", "«", "»", "'", "’", "?", "!", ".", ",", ":", "…", "...", "--", "-"),
            *(
                "\n",
                " ",
                " ",
                "\u00a0",
                "\u3000",
                "¿",
                "¡",
                "♪",
                "(",
                ")",
                "word",
                "Word",
                "a",
                "5",
            ),
            *(
                "ال",
                "你好",
                "はい",
                "<i>",
                "</i>",
                "{\\an8}",
                '<font color="a b">',
                "Sr.",
                "l'",
                "-5",
            ),
        ]
    ),
    max_size=14,
).map("".join)
TEXTS = any_text(40) | _SIGNS | _WORDS


def _letters(text: str) -> list[str]:
    cedillas = str.maketrans("şţŞŢ", "șțȘȚ")
    return [one for one in TAG.sub("", text).translate(cedillas) if one.isalnum() and one != "ـ"]


def _holds_for(text, tag):
    found = set_text(text, profile(tag))
    assert set_text(found, profile(tag)) == found
    assert TAG.findall(found) == TAG.findall(text)
    assert _letters(found) == _letters(text)
    assert found.count("\n") == text.count("\n")


@given(TEXTS, st.sampled_from(TAGS))
def test_setting_twice_is_setting_once_and_keeps_tags_rows_and_letters(text, tag):
    _holds_for(text, tag)


@pytest.mark.slow
@settings(max_examples=2000)
@given(TEXTS, st.sampled_from(TAGS))
def test_setting_holds_for_thousands_of_hostile_texts(text, tag):
    _holds_for(text, tag)

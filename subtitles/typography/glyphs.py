"""What common subtitle systems cannot show."""

import regex

SOURCE = "Netflix glyph list (38,432 code points) as shipped with Subtitle Edit 5.1, 2026-08"
"""Where the list of what is missing comes from; unassigned and private code points are ours."""

# Missing from the list: marks of direction, zero-width space and joiners, the narrow no-break
# space, the centred ellipsis, emoji. A joiner between letters is the letters' own business
# (Persian half-spaces, Indic conjuncts): without it the word is misspelt, so there it is accepted.
_JOINING = r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}"
_JOINING += r"\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}]"
_UNUSUAL = regex.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff\u202f\u22ef\ufe00-\ufe0f]"
    r"|[\p{Emoji_Presentation}\p{Emoji_Modifier}\p{Regional_Indicator}]"
    r"|[\p{Cn}\p{Co}\p{Cs}]"
    rf"|(?<!{_JOINING})[\u200c\u200d]|[\u200c\u200d](?!{_JOINING})"
)


def unusual_glyphs(text: str) -> str:
    """The characters of ``text`` that common subtitle systems cannot show, each once, in order.

    Emoji that need a variation selector (U+FE0F) to be one are found by it. Spaces, line feeds and
    control characters are no glyphs and left to other checks.
    """
    return "".join(dict.fromkeys(_UNUSUAL.findall(text)))

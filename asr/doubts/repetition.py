"""Finding words that come again and again (pure).

A recogniser that has lost the speech often falls into a loop: the same word, phrase or sentence
until its text is full. People repeat themselves, too, but seldom so often.
"""

from collections.abc import Sequence

from asr.doubts.plain_words import plain
from subtitles.language import LanguageTag, is_unspaced

# Longest phrase looked for: in words, in characters where there are no spaces.
_LONGEST_PHRASE = 12
_LONGEST_UNSPACED_PHRASE = 24
# (phrases up to so many words, said so often in a row are a loop). Five times "no" is a person,
# and so is a chorus line sung twice.
_WORD_LOOPS = ((1, 6), (3, 4), (_LONGEST_PHRASE, 3))
_CHARACTER_LOOPS = ((1, 10), (3, 6), (_LONGEST_UNSPACED_PHRASE, 4))


def looping(words: Sequence[str], language: LanguageTag) -> range:
    """The longest run of words that says one thing over and over; empty without a loop.

    Args:
        words: As recognised, punctuation and all.
        language: Of the words; without spaces in its writing, characters are compared.
    """
    loops = _CHARACTER_LOOPS if is_unspaced(language) else _WORD_LOOPS
    units: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        letters = plain(word)
        parts = list(letters) if is_unspaced(language) else [letters]
        units += [(part, index) for part in parts if part]
    said = [unit for unit, _ in units]
    longest = range(0)
    for length in range(1, min(loops[-1][0], len(said) // 2) + 1):
        times = next(times for most, times in loops if length <= most)
        longest = max(longest, _longest_run(said, length, times), key=len)
    if not longest:
        return longest
    return range(units[longest.start][1], units[longest.stop - 1][1] + 1)


def _longest_run(units: Sequence[str], length: int, times: int) -> range:
    """Where each unit is the one ``length`` before it, for at least ``times`` rounds."""
    longest, start = range(0), 0
    for index in range(length, len(units) + 1):
        if index < len(units) and units[index] == units[index - length]:
            continue
        run = range(start, index)
        if len(run) >= length * times:
            longest = max(longest, run, key=len)
        start = index - length + 1
    return longest

// Finding words in texts and putting others in their place. Nothing here knows of pages.

const WORD = "[\\p{L}\\p{M}\\p{N}_]";

/** What to look for: `{text, isWholeWord, isCaseSensitive}`; null while there is nothing. */
export function patternOf({ text, isWholeWord, isCaseSensitive }) {
  const wanted = text.normalize("NFC");
  if (!wanted.trim()) return null;
  // A space stands for any white space, so that words are found across the rows of a cue.
  const escaped = wanted.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&").replace(/\s+/gu, "\\s+");
  const bounded = isWholeWord ? `(?<!${WORD})${escaped}(?!${WORD})` : escaped;
  return new RegExp(bounded, isCaseSensitive ? "gu" : "giu");
}

/** How often it stands in a text. */
export function countIn(text, pattern) {
  return [...text.normalize("NFC").matchAll(pattern)].length;
}

/** The text with every match replaced, literally. */
export function replacedIn(text, pattern, replacement) {
  return text.normalize("NFC").replace(pattern, () => replacement);
}

// The one counter, as the pipeline has it in subtitles/counting.py; both run the same test vectors.
// Widths are multiples of one half.

const NOT_COUNTED = new RegExp(
  "</?(?:[iIbBuU]|[fF][oO][nN][tT](?:[ \\t][^<>]*)?)>|\\{\\\\[^{}]*\\}" +
    "|[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff]",
  "gu",
);

// By the cluster's first code point.
const HALF_WIDTH = {
  japanese: /^[\u0020-\u024f\uff61-\uffdc\uffe8-\uffee]/u,
  korean: /^[\u0020-\u10ff\u2000-\u206f\u3000-\u303f\uff61-\uffdc\uffe8-\uffee]/u,
};

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text without tags and without characters that take no room. */
export function visibleText(text) {
  return text.replace(NOT_COUNTED, "");
}

/** Width of one row: spaces and punctuation count, tags and line breaks do not. */
export function lineWidth(text, rule) {
  const halfWidth = HALF_WIDTH[rule];
  let width = 0;
  for (const { segment } of segmenter.segment(visibleText(text))) {
    width += halfWidth?.test(segment) ? 0.5 : 1;
  }
  return width;
}

/** Width of all rows together. */
export function textWidth(lines, rule) {
  return lines.reduce((sum, line) => sum + lineWidth(line, rule), 0);
}

/** Reading speed; a duration below one millisecond counts as one. */
export function charsPerSecond(lines, durationMs, rule) {
  return (textWidth(lines, rule) * 1000) / Math.max(durationMs, 1);
}

// Comparing texts, and telling two of them apart word by word.

/** A text as the server stores it: composed, no space at the end of a row. */
export function tidy(text) {
  const rows = text.normalize("NFC").split("\n");
  return rows.map((row) => row.trimEnd()).join("\n").trimEnd();
}

/** Whether the server would store one of `others` as it would store `text`. */
export function isAmong(text, others) {
  return others.some((other) => tidy(other) === tidy(text));
}

/**
 * Word by word from one text to another: `[{kind: "same" | "gone" | "new", text}]`.
 * Longest common subsequence; cues are short, so the square of their words is little.
 */
export function wordDiff(before, after) {
  const [from, to] = [words(before), words(after)];
  const lengths = commonLengths(from, to);
  const parts = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      push(parts, "same", from[i]);
      i += 1;
      j += 1;
    } else if (j >= to.length || (i < from.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      push(parts, "gone", from[i]);
      i += 1;
    } else {
      push(parts, "new", to[j]);
      j += 1;
    }
  }
  return parts;
}

function words(text) {
  return text.match(/\s+|[\p{L}\p{M}\p{N}'’-]+|[^\s\p{L}\p{M}\p{N}'’-]/gu) ?? [];
}

function commonLengths(from, to) {
  const lengths = Array.from({ length: from.length + 1 }, () => new Array(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        from[i] === to[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function push(parts, kind, text) {
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

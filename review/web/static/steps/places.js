// Places in a cue's text, as the server counts them: in characters of the text it stores.

import { tidy } from "../texts.js";

/** How many characters (code points) stand before this place of the field, once tidied. */
export function charsBefore(text, place) {
  const before = text.slice(0, place).normalize("NFC").split("\n");
  const last = before.pop();
  const whole = before.map((row) => `${row.trimEnd()}\n`).join("");
  return Math.min([...whole, ...last].length, [...tidy(text)].length);
}

/** How many words stand before and after this place; one that it cuts stands on neither side. */
export function wordsAround(text, place) {
  let [before, after] = [0, 0];
  for (const { index, 0: word } of text.matchAll(/\S+/gu)) {
    if (index + word.length <= place) before += 1;
    else if (index >= place) after += 1;
  }
  return { before, after };
}

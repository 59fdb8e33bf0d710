// Draws the live text over the picture. Cue text is hostile: only text nodes and i, b, u are ever made.

const TOKEN = /<(\/?)(i|b|u)>|<\/?font(?:[ \t][^<>]*)?>|\{\\[^{}]*\}/giu;

/** Put `text` into `box`: italics, bold and underline as such, other tags dropped, the rest as is. */
export function drawText(box, text, lang = "") {
  box.replaceChildren();
  for (const row of text.split("\n")) box.append(drawnRow(row, lang));
}

function drawnRow(row, lang) {
  const line = document.createElement("div");
  line.dir = "auto";
  if (lang) line.lang = lang;
  let into = line;
  let last = 0;
  for (const match of row.matchAll(TOKEN)) {
    into.append(row.slice(last, match.index));
    last = match.index + match[0].length;
    into = nested(into, line, match);
  }
  into.append(row.slice(last));
  return line;
}

function nested(into, line, [, closing, name]) {
  const tag = name?.toLowerCase();
  if (!tag) return into; // a tag that is dropped
  if (closing) return into === line || into.localName !== tag ? into : into.parentElement;
  const element = document.createElement(tag);
  into.append(element);
  return element;
}

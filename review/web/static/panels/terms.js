// The show's words in the active cue: what was agreed for what is said there.

import { element } from "../element.js";

// Nobody reads what stands beside a cue while going through them key by key.
const PAUSE_MS = 120;

export class Terms {
  constructor(box, api) {
    this.box = box;
    this.api = api;
    this.about = "";
  }

  /** Another row is active, or another source stands in it. */
  async show(row) {
    const about = `${row.cueId} ${row.sourceText}`;
    if (about === this.about) return;
    this.about = about;
    this.box.hidden = true;
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (about !== this.about || !row.box.isConnected) return;
    const answer = await this.api.terms(row.cueId);
    if (about === this.about && answer.kind === "ok") this.#draw(row, answer.body);
  }

  #draw(row, terms) {
    this.box.querySelector("ul").replaceChildren(...terms.map((term) => item(row, term)));
    this.box.hidden = !terms.length;
  }
}

function item(row, { said, forms }) {
  const made = element("li", {}, element("bdi", { lang: row.sourceLang }, said), " → ");
  for (const form of forms) made.append(row.field ? useButton(row, form) : element("bdi", { lang: row.lang }, form), " ");
  return made;
}

/** Puts the word where the cursor is, as if typed. */
function useButton(row, form) {
  const button = element("button", { type: "button", class: "fix", lang: row.lang, title: "Put it in at the cursor" }, form);
  button.addEventListener("click", () => row.insertText(form));
  return button;
}

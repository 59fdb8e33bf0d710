// The panel to find and replace: every change is seen before it is made, and all are one step.

import { element, plural } from "../element.js";
import { compared } from "./cue.js";
import { countIn, patternOf, replacedIn } from "./matching.js";

const MOST_SHOWN = 200;

export class FindPanel {
  /** @param on `{go(row), replace(texts)}`; texts is a Map from row to its new text */
  constructor(panel, track, on) {
    this.panel = panel;
    this.track = track;
    this.on = on;
    this.form = panel.querySelector("form");
    this.list = panel.querySelector(".found");
    this.summary = panel.querySelector(".summary");
    this.skipped = new Set();
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("input", (event) => event.target.name !== "use" && this.draw());
  }

  opened() {
    this.draw();
    this.form.elements.find.select();
    this.form.elements.find.focus();
  }

  /** Look again: the words, the texts or the choices have changed. */
  draw() {
    if (this.panel.hidden) return;
    this.skipped.clear();
    const found = this.#found();
    this.list.replaceChildren(...found.slice(0, MOST_SHOWN).map((one) => this.#item(one)));
    this.#count(found);
  }

  #found() {
    const { find, word, letters } = this.form.elements;
    const pattern = patternOf({ text: find.value, isWholeWord: word.checked, isCaseSensitive: letters.checked });
    if (!pattern) return [];
    const replacement = this.form.elements.replacement?.value ?? "";
    return this.track.rows.flatMap((row) => {
      const count = countIn(row.text, pattern);
      return count ? [{ row, count, text: replacedIn(row.text, pattern, replacement) }] : [];
    });
  }

  #item({ row, text }) {
    const go = element("button", { type: "button", class: "quiet", "aria-label": `Go to cue ${row.number}` }, String(row.number));
    go.addEventListener("click", () => this.on.go(row));
    const item = element("li", {}, go);
    const words = element("p", { class: "text-block", dir: row.dir, lang: row.lang });
    const isReplacing = Boolean(this.form.elements.replacement?.value);
    words.append(...(isReplacing ? compared(row.text, text) : [row.text]));
    item.append(words);
    if (this.form.elements.replacement) item.append(this.#choice(row));
    return item;
  }

  #choice(row) {
    const box = element("input", { type: "checkbox", name: "use", "aria-label": `Replace in cue ${row.number}` });
    box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) this.skipped.delete(row);
      else this.skipped.add(row);
      this.#count(this.#found());
    });
    return box;
  }

  #count(found) {
    const times = found.reduce((sum, { count }) => sum + count, 0);
    const more = found.length > MOST_SHOWN ? `; the first ${MOST_SHOWN} are shown` : "";
    const isAsked = Boolean(this.form.elements.find.value.trim());
    this.summary.textContent = isAsked ? `${plural(times, "time")} in ${plural(found.length, "cue")}${more}` : "";
    const button = this.form.querySelector("button.primary");
    if (!button) return;
    const chosen = found.filter(({ row }) => !this.skipped.has(row)).length;
    button.disabled = !chosen;
    button.textContent = chosen ? `Replace in ${plural(chosen, "cue")}` : "Replace";
  }

  async #submit(event) {
    event.preventDefault();
    const chosen = this.#found().filter(({ row }) => !this.skipped.has(row));
    const changed = chosen.filter(({ row, text }) => text !== row.text);
    if (!changed.length || !this.form.elements.replacement) return;
    await this.on.replace(new Map(changed.map(({ row, text }) => [row, text])));
    this.draw();
  }
}

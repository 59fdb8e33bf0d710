// The words of a transcript that somebody should listen to, marked where they were heard.

import { element } from "./element.js";

const SWITCH = "polycue:unsure-words";
// A word by itself is hard to make out: a little of what is around it is played, too.
const AROUND_MS = 250;

export class Hearing {
  /**
   * @param box what shows the marks' meaning and switches them off; hidden while there are none
   * @param track the Track
   * @param on `{play({startMs, endMs})}`
   */
  constructor(box, track, on) {
    this.box = box;
    this.track = track;
    this.on = on;
    this.isShown = box.querySelector("input");
    this.isShown.checked = localStorage.getItem(SWITCH) !== "off";
    this.isShown.addEventListener("change", () => this.#switched());
    this.#switched();
  }

  /** @param cues as the server tells them: `{cue_id, words: [{start, end, start_ms, end_ms, is_very, why}]}` */
  show(cues) {
    const marked = new Map(cues.map((one) => [one.cue_id, one.words]));
    this.box.hidden = marked.size === 0;
    for (const row of this.track.rows) {
      const source = row.box.querySelector(".source");
      if (marked.has(row.cueId)) this.#mark(source, row.sourceText, marked.get(row.cueId));
      else if (source.querySelector("mark")) source.replaceChildren(row.sourceText);
    }
  }

  #mark(source, sourceText, words) {
    const signs = [...sourceText]; // as the server counts
    const parts = [];
    let done = 0;
    for (const word of words) {
      const text = signs.slice(word.start, word.end).join("");
      parts.push(signs.slice(done, word.start).join(""), this.#word(text, word));
      done = word.end;
    }
    source.replaceChildren(...parts, signs.slice(done).join(""));
  }

  #word(text, { start_ms, end_ms, is_very, why }) {
    const words = element("span", { class: "vh" }, ` (${why})`);
    const mark = element("mark", { class: is_very ? "unsure very" : "unsure", title: why }, text, words);
    mark.addEventListener("click", (event) => {
      event.stopPropagation(); // the cue would be played
      this.on.play({ startMs: Math.max(0, start_ms - AROUND_MS), endMs: end_ms + AROUND_MS });
    });
    return mark;
  }

  #switched() {
    const isOn = this.isShown.checked;
    document.getElementById("rows").classList.toggle("without-unsure", !isOn);
    if (isOn) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  }
}

// Asks by how much this and all following cues shall move.

import { plural } from "./element.js";

const SECONDS = /^([+-]?)(\d{1,5})(?:[.,](\d{1,3}))?$/u;

export class ShiftDialog {
  /** @param on `{shift(row, ms), nowMs()}` */
  constructor(on) {
    this.on = on;
    this.row = null;
    this.dialog = document.getElementById("shift");
    this.form = this.dialog.querySelector("form");
    this.problem = this.dialog.querySelector(".problem");
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.querySelector("[value=no]").addEventListener("click", () => this.dialog.close());
    this.form.querySelector("[value=here]").addEventListener("click", () => this.#toPlayhead());
  }

  /** @param following how many cues come after this one */
  open(row, following) {
    this.row = row;
    this.problem.hidden = true;
    const words = following ? ` and the ${plural(following, "cue")} after it` : "";
    this.dialog.querySelector("p").textContent = `Cue ${row.number}${words} keep their lengths and gaps.`;
    this.form.reset();
    this.dialog.showModal();
  }

  #toPlayhead() {
    this.form.elements.seconds.value = ((this.on.nowMs() - this.row.startMs) / 1000).toFixed(3);
  }

  #submit(event) {
    const byMs = signedMs(this.form.elements.seconds.value);
    if (!byMs) {
      event.preventDefault();
      this.problem.textContent = "Write seconds, such as 0.5 or -1.25.";
      this.problem.hidden = false;
      return;
    }
    this.on.shift(this.row, byMs);
  }
}

/** What somebody typed as seconds with a sign, in milliseconds; null when it is none. */
export function signedMs(text) {
  const found = SECONDS.exec(text.trim().replace("−", "-"));
  if (!found) return null;
  const [, sign, whole, fraction = ""] = found;
  const ms = Number(whole) * 1000 + Number(fraction.padEnd(3, "0"));
  return sign === "-" ? -ms : ms;
}

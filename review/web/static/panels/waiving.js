// Letting a finding stay for a reason, or not any more.

import { element } from "../element.js";

const LONGEST_REASON = 1000;

export class Waiving {
  /**
   * @param api a ReviewApi
   * @param say a Say
   * @param mayOverride whether this person lets errors stay, too
   */
  constructor(api, say, { mayOverride }) {
    this.api = api;
    this.say = say;
    this.mayOverride = mayOverride;
  }

  /** What can be done about a finding, or null when this person can do nothing. */
  control(row, finding) {
    const may = this.mayOverride || (row.field && finding.severity !== "error");
    if (!may) return null;
    const form = finding.isWaived ? this.#takingBack(row, finding) : this.#asking(row, finding);
    const words = finding.isWaived ? "Take this back…" : "Let it stay…";
    return element("details", { class: "waive" }, element("summary", {}, words), form);
  }

  #asking(row, { rule }) {
    const reason = element("textarea", { rows: 2, required: "", maxlength: LONGEST_REASON, dir: "auto" });
    const label = element("label", {}, "Why it may stay ", reason);
    const form = element("form", { class: "stack tight" }, label, element("button", {}, "Let it stay for this reason"));
    return this.#sending(form, row, rule, () => ({ waived: true, reason: reason.value }));
  }

  #takingBack(row, { rule }) {
    const form = element("form", {}, element("button", {}, "It has to be corrected after all"));
    return this.#sending(form, row, rule, () => ({ waived: false, reason: "" }));
  }

  #sending(form, row, rule, decision) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const panel = form.closest("[role=tabpanel]"); // a save draws the panel anew, without this form
      if (row.saver && !(await row.saver.flush())) return; // what is typed counts
      const answer = await this.api.waive(row.cueId, rule, decision());
      if (answer.kind === "ok") {
        row.update(answer.body.cue);
        // Its button is gone; whoever has no mouse goes on from here.
        if (document.activeElement === document.body) panel.focus({ preventScroll: true });
      } else this.say.warn(`Not done: ${answer.message ?? "the task cannot be written right now"}`);
    });
    return form;
  }
}

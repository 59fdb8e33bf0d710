// Shows what cutting a transcript anew would make of its cues, and asks whether that shall be done.

import { element, plural, spoken } from "./element.js";
import { clockText } from "./times.js";

const MOST_SHOWN = 100;

export class RecutDialog {
  /**
   * @param api a ReviewApi
   * @param grid the Grid
   * @param on `{save(), apply(first, last)}`: stores everything typed; cuts the cues from one row
   *   to another anew
   */
  constructor(api, grid, on) {
    this.api = api;
    this.grid = grid;
    this.track = grid.track;
    this.on = on;
    this.asked = 0;
    this.scopes = {};
    this.dialog = document.getElementById("recut");
    this.form = this.dialog.querySelector("form");
    this.summary = this.dialog.querySelector(".summary");
    this.list = this.dialog.querySelector(".recuts");
    this.sides = this.dialog.querySelector(".sides");
    this.left = this.dialog.querySelector("details");
    this.button = this.dialog.querySelector("[value=yes]");
    this.form.addEventListener("change", () => this.#look());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.querySelector("[value=no]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => (this.asked += 1));
  }

  open() {
    const { rows } = this.track;
    if (!rows.length) return;
    const { scope } = this.form.elements;
    const stretch = this.#stretch();
    this.scopes = { stretch, all: [rows[0], rows.at(-1)] };
    const [near] = scope;
    near.disabled = !stretch;
    near.parentElement.querySelector("span").textContent = stretch
      ? `Unconfirmed cues around this one: ${numbers(stretch)}`
      : "Unconfirmed cues around this one: it is confirmed";
    scope.value = stretch ? "stretch" : "all";
    this.dialog.showModal();
    this.#look();
  }

  /** From the active cue to the last unconfirmed one on either side. */
  #stretch() {
    const { active } = this.grid;
    if (!active || active.isConfirmed) return null;
    const edge = (step) => {
      let row = active;
      for (let next = row; next && !next.isConfirmed; next = this.track.beside(next, step)) row = next;
      return row;
    };
    return [edge(-1), edge(1)];
  }

  get #ends() {
    return this.scopes[this.form.elements.scope.value];
  }

  async #look() {
    const turn = (this.asked += 1);
    this.#show("Looking…", { changes: [], left: [] });
    const answer = await this.#asked(this.#ends);
    if (turn !== this.asked) return; // another choice by now, or the dialog is closed
    if (answer.kind === "ok") this.#show(told(answer.body), answer.body);
    else this.#show(`This cannot be done now: ${answer.message}.`, { changes: [], left: [] });
  }

  async #asked([first, last]) {
    await this.on.save();
    const between = this.track.from(first).slice(0, 1 + this.track.indexOf(last) - this.track.indexOf(first));
    const unsaved = between.find((row) => row.saver.isDirty);
    if (unsaved) return { kind: "unsaved", message: `cue ${unsaved.number} is not saved yet` };
    return this.api.resegmentation(first.cueId, last.cueId);
  }

  #show(words, { changes, left }) {
    this.summary.textContent = words;
    this.button.disabled = !changes.length;
    this.list.hidden = this.sides.hidden = !changes.length;
    this.list.replaceChildren(...changes.slice(0, MOST_SHOWN).map((one) => this.#change(one)));
    this.left.hidden = !left.length;
    this.left.querySelector("summary").textContent = `${plural(left.length, "unconfirmed cue")} cannot be cut anew`;
    this.left.querySelector("ul").replaceChildren(...left.map(({ number, why }) => element("li", {}, `Cue ${number}: ${why}.`)));
  }

  #change({ before, after }) {
    return element("li", {}, this.#side("Now", before), this.#side("Cut anew", after));
  }

  #side(name, cues) {
    return element("div", {}, spoken(`${name}: `), ...cues.map((cue) => this.#cue(cue)));
  }

  #cue({ number, start_ms, end_ms, text }) {
    const { dir, lang } = this.track.rows[0];
    const place = number ? `${number} · ` : "";
    const times = element("span", { class: "quiet-text" }, `${place}${clockText(start_ms)} – ${clockText(end_ms)}`);
    return element("p", {}, times, element("span", { class: "text-block", dir, lang }, text));
  }

  #submit(event) {
    if (event.submitter?.value === "yes") this.on.apply(...this.#ends);
  }
}

function told({ changes, left, confirmed_count }) {
  const many = (side) => changes.reduce((sum, one) => sum + one[side].length, 0);
  const kept = confirmed_count ? ` ${plural(confirmed_count, "confirmed cue")} ${confirmed_count === 1 ? "stays" : "stay"}.` : "";
  if (!changes.length) return `${left.length ? "No other cue" : "No cue"} would be cut elsewhere than it is.${kept}`;
  const more = changes.length > MOST_SHOWN ? ` The first ${MOST_SHOWN} places are shown.` : "";
  return `${plural(many("before"), "cue")} would become ${many("after")}, in ${plural(changes.length, "place")}.${more}${kept}`;
}

function numbers([first, last]) {
  return first === last ? `cue ${first.number}` : `cues ${first.number} to ${last.number}`;
}

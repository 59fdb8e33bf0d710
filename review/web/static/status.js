// Says, truthfully and in one place, whether the server has everything that was typed.

import { plural } from "./element.js";
import { State } from "./saver.js";

// The worst comes first: what needs a person before what needs patience.
const ORDER = [State.CONFLICT, State.REFUSED, State.PAUSED, State.OFFLINE, State.SAVING, State.DIRTY];
const TROUBLE = new Set(ORDER.slice(0, 4));

export class SaveStatus {
  constructor(box, drafts) {
    this.box = box;
    this.drafts = drafts;
    this.unsaved = new Map(); // row -> state
    this.steps = 0; // on their way, or about to be
  }

  /** A row's saver is in another state. */
  note(row) {
    const { state } = row.saver;
    if (state === State.SAVED) this.unsaved.delete(row);
    else this.unsaved.set(row, state);
    this.draw();
  }

  /** How many steps the server has not answered. */
  setBusy(count) {
    this.steps = count;
    this.draw();
  }

  get isClean() {
    return this.unsaved.size === 0 && this.steps === 0;
  }

  /** Rows whose text the server does not have. */
  rows() {
    return [...this.unsaved.keys()];
  }

  draw() {
    const states = [...this.unsaved.values()];
    const worst = ORDER.find((state) => states.includes(state)) ?? (this.steps ? State.SAVING : State.SAVED);
    // Screen readers hear of trouble and of its end, not of every keystroke.
    const wasTrouble = TROUBLE.has(this.box.dataset.state);
    this.box.setAttribute("aria-live", wasTrouble || TROUBLE.has(worst) ? "polite" : "off");
    this.box.dataset.state = worst;
    this.box.textContent = this.#words(worst, states.filter((state) => state === worst).length);
  }

  #words(worst, count) {
    const [row] = [...this.unsaved].find(([, state]) => state === worst) ?? [];
    const kept = this.drafts.isFull ? "NOT kept here: this browser's storage is full" : "kept here";
    const words = {
      [State.SAVED]: "Saved",
      [State.DIRTY]: "Saving…",
      [State.SAVING]: "Saving…",
      [State.OFFLINE]: `Offline: ${plural(count, "change")} ${kept}`,
      [State.PAUSED]: `Not saved: ${plural(count, "change")} ${kept}`,
      [State.REFUSED]: `Cue ${row?.number} is not saved`,
      [State.CONFLICT]: count === 1 ? `Conflict in cue ${row?.number}` : `Conflicts in ${count} cues`,
    };
    return words[worst];
  }
}

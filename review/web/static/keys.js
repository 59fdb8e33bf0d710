// The keymap of the person at this browser: the one we ship, with what they changed.

import { actionOf, isBindable, KEYMAP, strokeOf } from "./keymap.js";

const BINDINGS = "polycue:keys";
const SINGLE = "polycue:single-keys";

export class Keys {
  constructor(storage = window.localStorage) {
    this.storage = storage;
    this.own = read(storage);
    this.#build();
  }

  get singleKeys() {
    return this.storage.getItem(SINGLE) !== "off";
  }

  set singleKeys(wanted) {
    this.storage.setItem(SINGLE, wanted ? "on" : "off");
  }

  get isChanged() {
    return Object.keys(this.own).length > 0;
  }

  actionOf(event) {
    return actionOf(event, { singleKeys: this.singleKeys, keymap: this.keymap });
  }

  /** The first key of an action, or null. */
  keyOf(action) {
    return this.keymap.find((entry) => entry.action === action && entry.keys.length)?.keys[0] ?? null;
  }

  /** Give an action this keystroke in place of its own; answers why not, or "". */
  bind(entry, event) {
    const stroke = strokeOf(event);
    if (stroke === null || !isBindable(stroke, entry.where)) return "This key types something there, or belongs to the browser.";
    const taken = this.keymap.find((other) => other.id !== entry.id && other.keys.includes(stroke));
    if (taken) return `Already taken: ${taken.label}.`;
    this.own[entry.id] = [stroke];
    this.#store();
    return "";
  }

  reset() {
    this.own = {};
    this.#store();
  }

  #store() {
    this.storage.setItem(BINDINGS, JSON.stringify(this.own));
    this.#build();
  }

  #build() {
    this.keymap = KEYMAP.map((entry) => {
      const id = `${entry.where}/${entry.action}`;
      return { ...entry, id, keys: this.own[id] ?? entry.keys };
    });
  }
}

/** What was kept; whatever is not a list of keys for an entry of ours is left out. */
function read(storage) {
  try {
    const kept = JSON.parse(storage.getItem(BINDINGS) ?? "{}");
    const isOurs = ([, keys]) => Array.isArray(keys) && keys.every((key) => typeof key === "string");
    return Object.fromEntries(Object.entries(kept).filter(isOurs));
  } catch {
    return {};
  }
}

// Keys, buttons and clicks on rows: which action each of them asks for.

import { isField, keyName } from "./keymap.js";

export class Controls {
  /**
   * @param keys the Keys
   * @param actions from the name of an action to what does it
   * @param on `{row(element), activate(row), show(row), tick(row), play(row), editTimes(), open(panel)}`
   */
  constructor(keys, actions, on) {
    this.keys = keys;
    this.actions = actions;
    this.on = on;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", (event) => this.#clicked(event));
    document.getElementById("rows").addEventListener("focusin", (event) => this.#focused(event));
    this.nameKeys();
  }

  /** Buttons tell the key that does the same. */
  nameKeys() {
    for (const button of document.querySelectorAll("[data-action]")) {
      const { action } = button.dataset;
      const entry = this.keys.keymap.find((one) => one.action === action);
      const key = this.keys.keyOf(action);
      button.title = key ? `${entry.label} (${keyName(key)})` : entry.label;
    }
  }

  /** Does it; false when the key is somebody else's after all. */
  #run(action) {
    return this.actions[action]?.();
  }

  #pressed(event) {
    if (document.querySelector("dialog[open]")) return;
    const action = this.keys.actionOf(event);
    if (action && this.#run(action) !== false) event.preventDefault();
  }

  #clicked({ target }) {
    const action = target.closest("[data-action]")?.dataset.action;
    if (action) this.#run(action);
    const row = this.on.row(target);
    if (!row) return;
    this.on.activate(row);
    if (target.closest(".tick")) this.on.tick(row);
    if (target.closest(".cue-play, .source")) this.on.play(row);
    if (target.closest(".times")) this.on.editTimes();
    const mark = target.closest(".mark");
    if (mark) this.on.open(mark.dataset.panel);
  }

  #focused({ target }) {
    const row = this.on.row(target);
    if (!row) return;
    this.on.activate(row);
    if (isField(target)) this.on.show(row);
  }
}

// The list of keys: what each does, how to give it another, and the switch for single keys.

import { element } from "./element.js";
import { keyName } from "./keymap.js";

export class Help {
  /** @param changed called when keys were given anew */
  constructor(keys, { changed }) {
    this.keys = keys;
    this.changed = changed;
    this.dialog = document.getElementById("help");
    this.problem = this.dialog.querySelector(".key-problem");
    this.waiting = null; // the button whose next keystroke becomes its key
    const single = document.getElementById("single-keys");
    single.checked = keys.singleKeys;
    single.addEventListener("change", () => (keys.singleKeys = single.checked));
    document.getElementById("help-button").addEventListener("click", () => this.open());
    document.getElementById("reset-keys").addEventListener("click", () => this.#reset());
    this.dialog.addEventListener("keydown", (event) => this.#pressed(event));
    this.dialog.addEventListener("close", () => this.#stopWaiting());
    this.#draw();
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  #draw() {
    const places = [...new Set(this.keys.keymap.map((entry) => entry.where))];
    const tables = places.map((place) => {
      const rows = this.keys.keymap.filter((entry) => entry.where === place).map((entry) => this.#line(entry));
      return element("table", {}, element("caption", {}, place), element("tbody", {}, ...rows));
    });
    this.dialog.querySelector(".key-tables").replaceChildren(...tables);
    document.getElementById("reset-keys").hidden = !this.keys.isChanged;
  }

  #line(entry) {
    const keys = entry.keys.flatMap((key) => [element("kbd", {}, keyName(key)), " "]);
    const button = element("button", { type: "button", class: "rebind", "aria-label": `Another key for: ${entry.label}`, title: "Another key" }, ...keys);
    button.addEventListener("click", () => this.#wait(button, entry));
    return element("tr", {}, element("th", { scope: "row" }, button), element("td", {}, entry.label));
  }

  #wait(button, entry) {
    this.#stopWaiting();
    this.waiting = { button, entry };
    button.classList.add("waiting");
    this.#say(`Press the new key for “${entry.label}”, or Esc to leave it.`);
  }

  #pressed(event) {
    if (!this.waiting || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    if (event.key === "Tab") return void this.#stopWaiting();
    event.preventDefault();
    event.stopPropagation();
    const { entry } = this.waiting;
    if (event.key === "Escape") return void this.#stopWaiting();
    const why = this.keys.bind(entry, event);
    if (why) return void this.#say(why);
    this.#stopWaiting();
    this.#draw();
    this.dialog.querySelector(`[aria-label="Another key for: ${CSS.escape(entry.label)}"]`)?.focus();
    this.changed();
  }

  #reset() {
    this.keys.reset();
    this.#draw();
    this.changed();
  }

  #stopWaiting() {
    this.waiting?.button.classList.remove("waiting");
    this.waiting = null;
    this.#say("");
  }

  #say(words) {
    this.problem.textContent = words;
    this.problem.hidden = !words;
  }
}

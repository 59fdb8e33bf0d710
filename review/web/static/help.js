// The list of keys, made from the keymap, and the switch for single keys.

import { element } from "./element.js";
import { KEYMAP, keyName } from "./keymap.js";

const SETTING = "polycue:single-keys";

export class Help {
  constructor() {
    this.dialog = document.getElementById("help");
    this.switch = document.getElementById("single-keys");
    this.switch.checked = localStorage.getItem(SETTING) !== "off";
    this.switch.addEventListener("change", () => {
      localStorage.setItem(SETTING, this.switch.checked ? "on" : "off");
    });
    document.getElementById("help-button").addEventListener("click", () => this.open());
    this.dialog.querySelector(".key-tables").replaceChildren(...tables());
  }

  get singleKeys() {
    return this.switch.checked;
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function tables() {
  const places = [...new Set(KEYMAP.map((entry) => entry.where))];
  return places.map((place) => {
    const rows = KEYMAP.filter((entry) => entry.where === place).map((entry) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, ...entry.keys.map((key) => element("kbd", {}, keyName(key)))),
        element("td", {}, entry.label),
      ),
    );
    return element("table", {}, element("caption", {}, place), element("tbody", {}, ...rows));
  });
}

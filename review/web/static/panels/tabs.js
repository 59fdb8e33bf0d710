// The tabs of the panels: one is open; arrows go round, as in every list of tabs.

const OPEN = "polycue:panel";

export class Tabs {
  /** @param panels from the name of a panel to what shows it, which may have `opened()` */
  constructor(list, panels) {
    this.tabs = [...list.querySelectorAll("[role=tab]")];
    this.panels = panels;
    for (const tab of this.tabs) tab.addEventListener("click", () => this.open(tab.dataset.panel));
    list.addEventListener("keydown", (event) => this.#pressed(event));
    const kept = localStorage.getItem(OPEN);
    this.#show(this.tabs.some((tab) => tab.dataset.panel === kept && kept !== "find") ? kept : "cue");
  }

  /** Show a panel and let it know. */
  open(name) {
    this.#show(name);
    localStorage.setItem(OPEN, name);
    this.panels[name]?.opened?.();
  }

  /** How many things a panel has to show. */
  setCount(name, count) {
    const box = this.tabs.find((tab) => tab.dataset.panel === name).querySelector(".count");
    box.textContent = count ? String(count) : "";
  }

  #show(name) {
    for (const tab of this.tabs) {
      const isOpen = tab.dataset.panel === name;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isOpen;
    }
  }

  #pressed(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = this.tabs.indexOf(document.activeElement);
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
    next.focus();
    this.open(next.dataset.panel);
    next.focus();
  }
}

// Makes elements: text stays text, whatever it holds.

/** `element("p", {class: "hint"}, "text", otherElement)` */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Text that only screen readers get. */
export function spoken(text) {
  return element("span", { class: "vh" }, text);
}

/** "1 cue", "2 cues" */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// The keys, once: the page binds them from here and the help lists them from here.
//
// Never Alt+letter or Ctrl+Alt: people type letters with them on many keyboards. No key counts
// while an input method composes.

export const FIELD = "In a text field";
export const GRID = "Outside text fields";
export const ANYWHERE = "Anywhere";

export const KEYMAP = Object.freeze([
  { keys: ["Mod+Enter"], action: "confirm-next", where: ANYWHERE, label: "Confirm the cue, go to the next unconfirmed one" },
  { keys: ["Alt+ArrowUp"], action: "previous", where: ANYWHERE, label: "Previous cue" },
  { keys: ["Alt+ArrowDown"], action: "next", where: ANYWHERE, label: "Next cue" },
  { keys: ["F2"], action: "play-cue", where: ANYWHERE, label: "Play this cue" },
  { keys: ["Shift+F2"], action: "loop-cue", where: ANYWHERE, label: "Play this cue again and again" },
  { keys: ["F4"], action: "play-pause", where: ANYWHERE, label: "Play or pause" },
  { keys: ["F8"], action: "next-issue", where: ANYWHERE, label: "Next cue with a finding" },
  { keys: ["Shift+F8"], action: "previous-issue", where: ANYWHERE, label: "Previous cue with a finding" },
  { keys: ["F9"], action: "next-offer", where: ANYWHERE, label: "Put the next other text into the cue" },
  { keys: ["Shift+F9"], action: "previous-offer", where: ANYWHERE, label: "Put the one before into the cue" },
  { keys: ["Mod+s"], action: "save", where: ANYWHERE, label: "Save now (it also happens by itself)" },
  { keys: ["Escape"], action: "leave", where: FIELD, label: "Leave the field, keep the text" },
  { keys: ["Enter"], action: "edit", where: GRID, label: "Edit the active cue" },
  { keys: [" "], action: "play-pause", where: GRID, label: "Play or pause", single: true },
  { keys: ["ArrowLeft"], action: "back", where: GRID, label: "One second back", single: true },
  { keys: ["ArrowRight"], action: "forward", where: GRID, label: "One second forward", single: true },
  { keys: ["?"], action: "help", where: GRID, label: "This list", single: true },
]);

/** Whether keystrokes go into text here. */
export function isField(element) {
  return Boolean(element?.closest?.("textarea, input:not([type=checkbox]), select, [contenteditable]"));
}

/** Whether the element answers Enter and Space by itself. */
function isControl(element) {
  return Boolean(element?.closest?.("button, a, summary, video, input, dialog"));
}

/** A keystroke as the map writes it, or null while an input method is at work. */
export function strokeOf(event) {
  if (event.isComposing || event.keyCode === 229) return null;
  if (event.ctrlKey && event.altKey) return null; // AltGr
  const isMod = event.ctrlKey || event.metaKey;
  // Shift is already in a printed character such as "?".
  const isShift = event.shiftKey && event.key.length > 1;
  const key = isMod && event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${isMod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${isShift ? "Shift+" : ""}${key}`;
}

/** The action of a keystroke, or null. */
export function actionOf(event, { singleKeys = true } = {}) {
  const stroke = strokeOf(event);
  if (stroke === null) return null;
  const inField = isField(event.target);
  for (const entry of KEYMAP) {
    if (!entry.keys.includes(stroke)) continue;
    if (entry.single && !singleKeys) continue;
    if (entry.where === FIELD && !inField) continue;
    if (entry.where === GRID && (inField || isControl(event.target))) continue;
    return entry.action;
  }
  return null;
}

/** A key as people read it. */
export function keyName(key, isMac = navigator.platform.startsWith("Mac")) {
  const names = { " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", s: "S" };
  const parts = key === " " ? [" "] : key.split("+");
  return parts.map((part) => (part === "Mod" ? (isMac ? "⌘" : "Ctrl") : (names[part] ?? part))).join("+");
}

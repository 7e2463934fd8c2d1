"use strict";
// Keyboard shortcuts for reviews. Single keys have no effect while the user types, with a modifier key, or when switched off.
(() => {
  const STORED = "review-keys";
  const help = document.querySelector("details.keys");
  const toggle = document.querySelector("[data-keys]");
  if (!help || !toggle) {
    return;
  }
  toggle.checked = localStorage.getItem(STORED) !== "off";
  toggle.addEventListener("change", () => {
    localStorage.setItem(STORED, toggle.checked ? "on" : "off");
  });

  const entries = [...document.querySelectorAll("[data-entry]")];
  const isTyping = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");
  const here = () => entries.findIndex((entry) => entry.contains(document.activeElement));
  const box = (entry) => entry.querySelector("input[type=checkbox]");

  const move = (step) => {
    if (entries.length === 0) {
      document.querySelector(step > 0 ? "main a[rel=next]" : "main a[rel=prev]")?.click();
      return;
    }
    const from = here();
    const to = from < 0 ? 0 : Math.max(0, Math.min(entries.length - 1, from + step));
    entries[to].querySelector("a").focus();
    entries[to].scrollIntoView({ block: "nearest" });
  };

  const choose = () => {
    const entry = entries[here()];
    if (entry) {
      box(entry).checked = !box(entry).checked;
    }
  };

  const decide = (decision) => {
    if (entries.length > 0 && !entries.some((entry) => box(entry).checked)) {
      const entry = entries[here()];
      if (!entry) {
        return;
      }
      box(entry).checked = true;
    }
    document.querySelector(`[data-key=${decision}]`)?.click();
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: choose,
    a: () => decide("approve"),
    r: () => decide("reject"),
    "?": () => {
      help.open = !help.open;
      if (help.open) {
        help.querySelector("summary").focus();
      }
    },
  };

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (action && plain && toggle.checked && !event.defaultPrevented && !isTyping(event.target)) {
      event.preventDefault();
      action();
    }
  });
})();

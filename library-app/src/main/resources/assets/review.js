"use strict";
// Keyboard shortcuts for reviews. Single keys have no effect while the user types, with a modifier key, or when switched off.
// Beside the list, the next resource is loaded without the rest of the page, so that selections stay.
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

  const wide = matchMedia("(min-width: 1100px)");
  const entries = [...document.querySelectorAll("[data-entry]")];
  const boxes = entries.map((entry) => entry.querySelector("input[type=checkbox]"));
  const chosen = () => boxes.filter((box) => box.checked);
  const pane = () => document.getElementById("item");
  const isBeside = () => wide.matches && pane() !== null;
  // Whether the list is empty, or hidden because there is only space for the resource.
  const isAlone = () => entries.length === 0 || (!wide.matches && document.querySelector(".panes.chosen") !== null);
  const isTyping = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");
  const focused = () => entries.findIndex((entry) => entry.contains(document.activeElement));
  const read = () => entries.findIndex((entry) => entry.classList.contains("read"));
  const here = () => (isBeside() ? read() : focused());

  // The whole list can be selected only together with the whole page.
  const all = document.querySelector("[data-choose-all]");
  const list = document.querySelector("[data-choose-list]");
  const output = document.querySelector("[data-chosen]");
  const count = () => {
    const number = chosen().length;
    if (all) {
      all.checked = number > 0 && number === boxes.length;
      all.indeterminate = number > 0 && number < boxes.length;
    }
    if (list && !all.checked) {
      list.checked = false;
    }
    if (output) {
      output.textContent = list?.checked ? list.dataset.chooseList : number;
    }
  };
  const chooseAll = (isChosen) => {
    boxes.forEach((box) => { box.checked = isChosen; });
    count();
  };
  all?.addEventListener("change", () => chooseAll(all.checked));
  list?.addEventListener("change", count);
  boxes.forEach((box) => box.addEventListener("change", count));
  count();

  const mark = (entry) => entries.forEach((each) => {
    each.classList.toggle("read", each === entry);
    const link = each.querySelector("h2 a");
    if (each === entry) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  });

  // Loads a resource into the pane. The newest request wins. Until it is there, the old one cannot be decided on by mistake.
  // If anything fails, the browser opens the whole page.
  let newest = 0;
  let loading = Promise.resolve();
  const fetched = async (number, address) => {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const loaded = page.getElementById("item");
      if (number !== newest) {
        return;
      }
      if (!answer.ok || !loaded) {
        location.assign(address);
        return;
      }
      pane().replaceWith(document.adoptNode(loaded));
      pane().dispatchEvent(new Event("loaded", { bubbles: true }));
      history.replaceState(null, "", address);
    } catch {
      location.assign(address);
    }
  };
  const load = (entry, address) => {
    mark(entry);
    document.querySelector(".panes").classList.add("chosen");
    pane().inert = true;
    pane().setAttribute("aria-busy", "true");
    loading = fetched(++newest, address);
  };
  entries.forEach((entry) => entry.querySelector("h2 a").addEventListener("click", (event) => {
    if (isBeside() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      load(entry, event.currentTarget.href);
    }
  }));

  const move = (step) => {
    const turn = () => document.querySelector((pane() ? "#item " : "main ") + (step > 0 ? "a[rel=next]" : "a[rel=prev]"))?.click();
    if (isAlone()) {
      turn();
      return;
    }
    const from = here();
    const to = from < 0 ? 0 : from + step;
    if (isBeside() && (to < 0 || to >= entries.length)) {
      turn();
      return;
    }
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
    const link = entry.querySelector("h2 a");
    link.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest" });
    if (isBeside() && !entry.classList.contains("read")) {
      load(entry, link.href);
    }
  };

  const choose = () => {
    const at = isAlone() ? -1 : here();
    if (at >= 0) {
      boxes[at].checked = !boxes[at].checked;
      count();
    }
  };

  // The page, then the whole list, then nothing.
  const chooseMore = () => {
    if (isAlone() || !all) {
      return;
    }
    if (!all.checked) {
      chooseAll(true);
    } else if (list && !list.checked) {
      list.checked = true;
      count();
    } else {
      chooseAll(false);
    }
  };

  const decide = async (decision) => {
    if (isAlone() || (isBeside() && chosen().length === 0)) {
      let awaited;
      do {
        awaited = loading;
        await awaited;
      } while (awaited !== loading);
      if (!pane()?.inert) {
        document.querySelector(`[data-key=${decision}]`)?.click();
      }
      return;
    }
    if (chosen().length === 0) {
      const at = here();
      if (at < 0) {
        return;
      }
      boxes[at].checked = true;
    }
    document.querySelector(`[data-many=${decision}]`)?.click();
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: choose,
    "*": chooseMore,
    a: () => decide("approve"),
    r: () => decide("reject"),
    u: () => document.querySelector("[data-key=undo]")?.click(),
    "?": () => {
      help.open = !help.open;
      if (help.open) {
        help.querySelector("summary").focus();
      }
    },
  };

  // The arrows scroll the page unless a resource of the list is in use.
  const isForUs = (key) => !key.startsWith("Arrow") || focused() >= 0;

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
    const action = Object.hasOwn(keys, event.key) && isForUs(event.key) ? keys[event.key] : null;
    if (action && plain && toggle.checked && !event.defaultPrevented && !isTyping(event.target)) {
      event.preventDefault();
      action();
    }
  });
})();

"use strict";
// Saves drafts: the values that a user types into a form stay in this browser, for each user and form, until they are saved
// or discarded, or the user signs out. Passwords, keys and files are never stored.
(() => {
  const PREFIX = "unsaved:";
  const KEPT_DAYS = 14;
  const DAY = 86400000;
  const WAIT = 300;
  const texts = document.body.dataset;
  const mine = `${PREFIX}${texts.user}:`;

  // Returns null if the browser forbids storage or has no more space for it.
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];
  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
  const write = (key, fields) =>
    attempt(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields })));
  const remove = (key) => attempt(() => localStorage.removeItem(key));

  const forgetOld = () => {
    for (const key of keys()) {
      if (!(read(key)?.at > Date.now() - KEPT_DAYS * DAY)) {
        remove(key);
      }
    }
  };

  // A cookie from the server names the form that was saved.
  const forgetSaved = () => {
    const saved = document.cookie.match(/(?:^|; )saved=([^;]*)/);
    if (saved) {
      document.cookie = "saved=; path=/; max-age=0";
      const name = attempt(() => decodeURIComponent(saved[1])) ?? "";
      remove(mine + name);
    }
  };

  const isKept = (field) =>
    field.name && field.name !== "csrf" && field.name !== "draft" && field.name !== "more" &&
    !["password", "file", "submit", "button"].includes(field.type);
  const fieldsOf = (form) => [...form.elements].filter(isKept);
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";
  const stateOf = (form) =>
    fieldsOf(form).map((field) => ({ n: field.name, v: field.value, c: isBox(field) ? field.checked : undefined }));
  // Returns the value of the field as the server sent it.
  const defaultOf = (field) => {
    if (field.localName === "select") {
      return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
    }
    return isBox(field) || field.type === "hidden" ? field.value : field.defaultValue;
  };
  const startOf = (form) =>
    fieldsOf(form).map((field) => ({ n: field.name, v: defaultOf(field), c: isBox(field) ? field.defaultChecked : undefined }));
  // Returns a comparable form of the values, without empty rows and fields that only the server uses.
  const comparable = (state) =>
    JSON.stringify(state.filter((each) =>
      !["revision", "seen", "waiting", "waiting-image", "waiting-remove", "link-guid", "tag-shown"].includes(each.n) &&
      (each.c !== undefined || each.v.trim() !== "")).map((each) => [each.n, each.v.replace(/\r\n?/g, "\n").trim(), each.c]));

  const addRows = (form, name, count) => {
    let fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    const more = fields[0]?.closest("fieldset")?.querySelector("[data-more]");
    for (let tries = 0; more && fields.length < count && tries < 1000; tries++) {
      more.click();
      fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    }
  };

  const restore = (form, state) => {
    const byName = new Map();
    for (const each of state) {
      byName.set(each.n, [...(byName.get(each.n) ?? []), each]);
    }
    for (const [name, values] of byName) {
      addRows(form, name, values.length);
      const fields = fieldsOf(form).filter((field) => field.name === name);
      values.forEach((value, i) => {
        if (value.c !== undefined) {
          fields.filter((field) => field.value === value.v).forEach((field) => { field.checked = value.c; });
        } else if (fields[i]) {
          fields[i].value = value.v;
          fields[i].dispatchEvent(new Event("restored"));
        }
      });
    }
  };

  const offer = (form, key, kept) => {
    const notice = document.createElement("div");
    notice.className = "hint draft";
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    const time = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", numberingSystem: "latn" });
    text.textContent = texts.draft.replace("{time}", time);
    const actions = document.createElement("div");
    actions.className = "actions";
    const add = (label, style, action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = style;
      button.textContent = label;
      button.addEventListener("click", () => {
        action();
        notice.remove();
        form.querySelector("input:not([type=hidden]), textarea:not([hidden]), .rich")?.focus();
      });
      actions.append(button);
    };
    add(texts.draftRestore, "", () => {
      restore(form, kept.fields);
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
    add(texts.draftDiscard, "secondary outline", () => remove(key));
    notice.append(text, actions);
    form.prepend(notice);
  };

  const guard = (form, isShown) => {
    const key = mine + form.elements.draft.value;
    let timer = 0;
    let untouched = comparable(startOf(form));
    const keep = () => {
      clearTimeout(timer);
      timer = 0;
      const state = stateOf(form);
      if (comparable(state) === untouched) {
        remove(key);
      } else {
        write(key, state);
      }
    };
    const later = (event) => {
      if (event.target.type !== "password" && event.target.type !== "file") {
        clearTimeout(timer);
        timer = setTimeout(keep, WAIT);
      }
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // Saves immediately if the page is closed or hidden while a save is due.
    const flush = () => { if (timer) { keep(); } };
    form.addEventListener("submit", flush);
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    const begin = () => {
      const kept = read(key);
      const refused = form.querySelector("[aria-invalid]") !== null || document.querySelector("main > .problem, main .problem[role=alert]") !== null;
      if (refused) {
        untouched = "";
      }
      if (kept && comparable(kept.fields) !== comparable(stateOf(form))) {
        offer(form, key, kept);
      }
    };
    if (isShown) {
      begin();
      return;
    }
    // Browsers may still fill in form values until the page is shown.
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) {
        begin();
      }
    });
  };
  const guardAll = (part, isShown) =>
    part.querySelectorAll("form:has(input[name=draft])").forEach((form) => guard(form, isShown));

  forgetOld();
  if (texts.user) {
    forgetSaved();
    guardAll(document, false);
    // Another script has loaded a part of the page.
    document.addEventListener("loaded", (event) => guardAll(event.target, true));
    document.addEventListener("submit", (event) => {
      if (event.target.getAttribute("action") === "/signout") {
        keys().filter((key) => key.startsWith(mine)).forEach(remove);
      }
    });
  }
})();

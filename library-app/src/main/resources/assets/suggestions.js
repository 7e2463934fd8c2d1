"use strict";
// Suggestions while a reader types search words, as an editable combobox with a list (WAI-ARIA). Without this script, the form is
// an ordinary search form.
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let timer;
  let request;
  let options = [];
  let active = -1;

  list.id = input.id + "-suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  form.append(list, status);

  const mark = (index) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    mark(-1);
    options = [];
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  // Words search with the filters of the form. A title leads to its resource.
  const choose = (option) => {
    const { kind, address } = option.dataset;
    const text = option.textContent;
    close();
    if (kind === "resource") {
      location.assign(address);
    } else {
      input.value = text;
      form.requestSubmit();
    }
  };

  const show = (suggestions) => {
    mark(-1);
    options = suggestions.map((suggestion, index) => {
      const option = document.createElement("li");
      option.id = list.id + "-" + index;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.kind = suggestion.kind;
      option.dataset.address = suggestion.address;
      option.lang = suggestion.language;
      option.dir = "auto";
      option.textContent = suggestion.text;
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = form.dataset.count.replace("{count}", options.length);
  };

  const load = async () => {
    request?.abort();
    const current = new AbortController();
    request = current;
    try {
      const answer = await fetch(form.dataset.suggestions + "?q=" + encodeURIComponent(input.value), { signal: current.signal });
      if (answer.ok) {
        const { suggestions } = await answer.json();
        if (!current.signal.aborted && document.activeElement === input) {
          show(suggestions);
        }
      }
    } catch {
      // Suggestions are optional: the form still works.
    }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) {
      close();
    } else if (!event.isComposing) {
      timer = setTimeout(load, 150);
    }
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(load, 150); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length > 0) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than there are options: the text itself.
        mark((active + 1 + step + options.length + 1) % (options.length + 1) - 1);
      } else if (event.key === "ArrowDown" && input.value.trim().length >= 2) {
        load();
      }
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
    }
  });
}

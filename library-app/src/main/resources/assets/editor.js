"use strict";
// A rich-text editor for descriptions. The server cleans the resulting HTML.
function command(name, value) {
  document.execCommand(name, false, value);
}

// The elements that the server keeps. Its classes SafeHtml and RichText are authoritative.
const KEPT = new Set(("a b blockquote br caption cite code dd dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre q small span strike "
  + "strong sub sup table tbody td tfoot th thead tr u ul").split(" "));
const GONE = new Set("script style template iframe object embed noscript title textarea select svg math".split(" "));
const KEPT_ATTRIBUTES = new Set(["href", "colspan", "rowspan", "scope", "start"]);

function cleaned(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of [...body.querySelectorAll("*")].reverse()) {
    const name = element.localName;
    if (GONE.has(name)) {
      element.remove();
    } else if (!KEPT.has(name)) {
      element.replaceWith(...element.childNodes);
    } else {
      for (const { name: attribute, value } of [...element.attributes]) {
        if (!KEPT_ATTRIBUTES.has(attribute) || (attribute === "href" && !/^(https?:|mailto:)/i.test(value.trim()))) {
          element.removeAttribute(attribute);
        }
      }
    }
  }
  return body.innerHTML;
}

function toHtml(text) {
  const typed = text.replace(/\r\n?/g, "\n").trim();
  if (/<[a-z/!]/i.test(typed)) {
    return cleaned(typed);
  }
  const escaped = document.createElement("div");
  return typed === "" ? "" : typed.split(/\n[ \t]*(?:\n[ \t]*)+/).map((paragraph) => {
    escaped.textContent = paragraph.trim();
    return `<p>${escaped.innerHTML.replaceAll("\n", "<br>")}</p>`;
  }).join("");
}

function enrich(field) {
  const words = field.dataset;
  const editor = document.createElement("div");
  editor.className = "rich";
  editor.contentEditable = "true";
  editor.lang = field.lang;
  editor.dir = field.dir;
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.setAttribute("aria-label", words.label);
  editor.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
  // The form submits the value of the field, so the editor always shows that value. It can also change when the browser
  // restores the field after going back to the page, and when a draft is restored.
  let shown = null;
  const show = () => {
    if (field.value !== shown) {
      shown = field.value;
      // The server has already cleaned the value that it sent.
      editor.innerHTML = shown === field.defaultValue ? words.html : toHtml(shown);
    }
  };
  show();
  window.addEventListener("pageshow", show);
  field.addEventListener("restored", show);
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", words.label);
  const add = (label, action) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary outline";
    button.textContent = label;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      editor.focus();
      action();
      keep();
    });
    tools.append(button);
  };
  const keep = () => {
    field.value = editor.textContent.trim() === "" ? "" : editor.innerHTML;
    shown = field.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  add(words.bold, () => command("bold"));
  add(words.italic, () => command("italic"));
  add(words.heading, () => {
    const heading = document.queryCommandValue("formatBlock") === "h3";
    command("formatBlock", heading ? "p" : "h3");
  });
  add(words.list, () => command("insertUnorderedList"));
  add(words.link, () => {
    const address = window.prompt(words.ask, "https://");
    if (address && /^(https?:\/\/|mailto:)/i.test(address)) {
      command("createLink", address);
    }
  });
  command("defaultParagraphSeparator", "p");
  editor.addEventListener("input", keep);
  field.before(tools, editor);
  field.hidden = true;
  document.querySelector(`label[for="${field.id}"]`).addEventListener("click", () => editor.focus());
}

document.querySelectorAll("textarea[data-rich]").forEach(enrich);

// Adds rows without a request, because the browser would not send the selected files again.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  const rows = more?.closest("fieldset").querySelector("[data-rows]");
  if (rows?.lastElementChild) {
    event.preventDefault();
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelectorAll(".wrong").forEach((each) => each.remove());
    row.querySelectorAll("input").forEach((input) => {
      input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    rows.append(row);
    row.querySelector("input:not([type=hidden])").focus();
  }
});

// Asks before a page with unsaved changes is left.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = form.querySelector("[aria-invalid]") !== null;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) {
      event.preventDefault();
    }
  });
}

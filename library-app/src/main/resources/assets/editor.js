"use strict";
// Turns the textarea of a description into a small editor. What it makes is cleaned by the server like anything else.
for (const area of document.querySelectorAll("textarea[data-editor]")) {
  const words = area.dataset;
  const editor = document.createElement("div");
  const toolbar = document.createElement("div");
  editor.className = "editor prose";
  editor.contentEditable = "true";
  editor.dir = "auto";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.setAttribute("aria-label", words.label);
  toolbar.className = "toolbar";
  toolbar.setAttribute("role", "toolbar");
  toolbar.setAttribute("aria-label", words.label);

  // Cleaned before it is shown: nothing of it may run.
  const parsed = new DOMParser().parseFromString(area.value, "text/html");
  const kept = new Set(["P", "BR", "B", "STRONG", "I", "EM", "U", "UL", "OL", "LI", "A", "H1", "H2", "H3", "H4", "H5", "H6",
    "BLOCKQUOTE", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "SUB", "SUP", "SPAN", "CODE", "PRE"]);
  const copy = (from, to) => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        to.append(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && kept.has(node.tagName)) {
        const element = document.createElement(node.tagName);
        if (node.tagName === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") || "")) {
          element.href = node.getAttribute("href");
        }
        copy(node, element);
        to.append(element);
      } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE"].includes(node.tagName)) {
        copy(node, to);
      }
    }
  };
  if (/<[a-z]/i.test(area.value)) {
    copy(parsed.body, editor);
  } else {
    for (const paragraph of area.value.split(/\n\s*\n/)) {
      const p = document.createElement("p");
      p.textContent = paragraph;
      editor.append(p);
    }
  }

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "secondary outline";
    made.textContent = label;
    made.addEventListener("click", () => { editor.focus(); act(); });
    toolbar.append(made);
  };
  button(words.bold, () => document.execCommand("bold"));
  button(words.italic, () => document.execCommand("italic"));
  button(words.heading, () => document.execCommand("formatBlock", false, "h3"));
  button(words.list, () => document.execCommand("insertUnorderedList"));
  button(words.link, () => {
    const address = window.prompt(words.address, "https://");
    if (address && /^(https?:|mailto:)/i.test(address)) {
      document.execCommand("createLink", false, address);
    }
  });
  document.execCommand("defaultParagraphSeparator", false, "p");
  area.before(toolbar, editor);
  area.hidden = true;
  // What nobody touched goes back as it came.
  let touched = false;
  editor.addEventListener("input", () => { touched = true; });
  area.form.addEventListener("submit", () => {
    if (!touched) {
      return;
    }
    const text = editor.textContent.trim();
    area.value = text === "" ? "" : editor.innerHTML;
  });
}

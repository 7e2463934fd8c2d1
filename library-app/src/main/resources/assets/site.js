"use strict";
// Optional improvements of the pages. All pages also work without scripts.
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy && (await isCopied(document.getElementById(copy.dataset.copy)))) {
    copy.dataset.label ??= copy.textContent;
    copy.textContent = copy.dataset.copied;
    setTimeout(() => { copy.textContent = copy.dataset.label; }, 2000);
  }
});

// Browsers give access to the clipboard only over HTTPS or on the local machine. The selected text can still be copied by hand.
const isCopied = async (field) => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
};

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
}, true);

// Shows an error if a request of htmx fails. Without this, htmx would leave the page unchanged, without a message.
const alertLine = () => document.getElementById("failed");
const say = (text) => {
  let line = alertLine();
  if (!line) {
    line = document.createElement("p");
    line.id = "failed";
    line.className = "problem";
    line.setAttribute("role", "alert");
    document.querySelector("main").prepend(line);
  }
  line.textContent = text;
  line.scrollIntoView({ block: "nearest" });
};
document.addEventListener("htmx:beforeRequest", () => alertLine()?.remove());
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const texts = document.body.dataset;
  say(status === 403 ? texts.refused : texts.status.replace("{status}", status));
});
document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));

// Shows the buttons that work only with scripts.
for (const hidden of document.querySelectorAll("[data-scripted]")) {
  hidden.hidden = false;
}

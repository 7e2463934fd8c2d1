"use strict";
// What makes pages handier where scripts run; all of them work without.
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy && (await isCopied(document.getElementById(copy.dataset.copy)))) {
    copy.dataset.label ??= copy.textContent;
    copy.textContent = copy.dataset.copied;
    setTimeout(() => { copy.textContent = copy.dataset.label; }, 2000);
  }
});

// Without encryption browsers give no clipboard, unless the library is on this machine. What is selected can still be copied by hand.
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

// What htmx asked for and did not get: it would leave the page as it is, and say nothing.
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

// Buttons that need a script are shown by one.
for (const hidden of document.querySelectorAll("[data-scripted]")) {
  hidden.hidden = false;
}

"use strict";
// Shows the warning about an unencrypted address while the user types. The server shows it for submitted forms.
(() => {
  const warning = document.querySelector("[data-clear-text]");
  const host = document.querySelector("input[name=host]");
  const isLoopback = (name) => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(name);
  const isUnencrypted = (address) => {
    try {
      const url = new URL(address.trim());
      return url.protocol === "http:" && !isLoopback(url.hostname);
    } catch {
      return false;
    }
  };
  if (!warning || !host) {
    return;
  }
  const update = () => { warning.hidden = !isUnencrypted(host.value); };
  host.addEventListener("input", update);
  window.addEventListener("pageshow", update);
})();

"use strict";
// The server says the same of a form that was sent; here it is said while somebody types.
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
  const update = () => { warning.hidden = !isUnencrypted(host.value); };
  host?.addEventListener("input", update);
  window.addEventListener("pageshow", update);
})();

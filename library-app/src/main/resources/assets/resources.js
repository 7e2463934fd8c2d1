"use strict";
// The table of resources: selects the whole page, or a range with the shift key, and counts the selected resources.
(() => {
  const bulk = document.getElementById("bulk");
  const all = document.querySelector("[data-tick-all]");
  if (!bulk || !all) {
    return;
  }
  const boxes = [...document.querySelectorAll("input[name=guid][form=bulk]")];
  const output = bulk.querySelector("[data-ticked]");
  const label = bulk.elements.label;

  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    output.textContent = number;
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    count();
  });

  let last = -1;
  boxes.forEach((box, at) => box.addEventListener("click", (event) => {
    if (event.shiftKey && last >= 0) {
      boxes.slice(Math.min(at, last), Math.max(at, last) + 1).forEach((each) => { each.checked = box.checked; });
    }
    last = at;
    count();
  }));

  // Only two of the actions need a tag.
  const ask = () => { label.hidden = !["add", "remove"].includes(bulk.elements.action.value); };
  bulk.elements.action.addEventListener("change", ask);

  // Browsers may restore the selection when the visitor comes back.
  addEventListener("pageshow", () => {
    count();
    ask();
  });
})();

// Ranking of wishes: buttons and dragging write the numbers that the form sends anyway.
"use strict";
(() => {
  const form = document.querySelector("[data-sl-wishes]");
  if (!form || !form.querySelector("button[type=submit]")) return;
  const most = Number(form.dataset.slWishes);
  const chosen = form.querySelector("[data-sl-wishes-chosen]");
  const open = form.querySelector("[data-sl-wishes-open]");
  const empty = form.querySelector("[data-sl-wishes-empty]");
  const numberOf = (row) => row.querySelector("input");

  function button(label, text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function renumber() {
    [...chosen.children].forEach((row, place) => { numberOf(row).value = place + 1; });
    [...open.children].forEach((row) => { numberOf(row).value = ""; });
    empty.hidden = chosen.children.length > 0;
    for (const row of form.querySelectorAll("[data-sl-wish]")) dress(row);
  }

  function dress(row) {
    const end = row.querySelector("[data-sl-wish-end]");
    end.querySelectorAll("button").forEach((old) => old.remove());
    const name = row.querySelector("[data-sl-wish-name]").textContent;
    const inList = row.parentElement === chosen;
    row.draggable = inList;
    numberOf(row).hidden = !inList;
    if (!inList) {
      if (chosen.children.length < most) end.append(button(`加入 ${name}`, "加入", () => { chosen.append(row); renumber(); }));
      return;
    }
    const up = button(`${name} 上移`, "↑", () => { if (row.previousElementSibling) row.previousElementSibling.before(row); renumber(); });
    const down = button(`${name} 下移`, "↓", () => { if (row.nextElementSibling) row.nextElementSibling.after(row); renumber(); });
    up.disabled = !row.previousElementSibling;
    down.disabled = !row.nextElementSibling;
    end.append(up, down, button(`移出 ${name}`, "移出", () => { open.prepend(row); renumber(); }));
  }

  let moving = null;
  chosen.addEventListener("dragstart", (event) => { moving = event.target.closest("[data-sl-wish]"); moving?.classList.add("is-moving"); });
  chosen.addEventListener("dragend", () => { moving?.classList.remove("is-moving"); moving = null; renumber(); });
  chosen.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-sl-wish]");
    if (!moving || !over || over === moving) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(moving); else over.after(moving);
  });
  chosen.addEventListener("change", (event) => {
    const rows = [...chosen.children].filter((row) => row !== event.target.closest("[data-sl-wish]"));
    const row = event.target.closest("[data-sl-wish]");
    const place = Math.min(Math.max(Number(event.target.value) || 1, 1), rows.length + 1) - 1;
    if (place >= rows.length) chosen.append(row); else rows[place].before(row);
    renumber();
  });
  renumber();
})();

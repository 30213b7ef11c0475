// Tables and filters: J K Enter X, choose all, and swapping the results without a new page.
import { isTyping } from "./behaviour.js";

let keysStarted = false;

export function startTables(root) {
  for (const box of root.querySelectorAll("[data-sl-table]")) {
    box.addEventListener("change", () => showChosen(box));
    const all = box.querySelector("[data-sl-pick-all]");
    if (all) {
      all.addEventListener("change", () => {
        for (const pick of box.querySelectorAll("[data-sl-pick]")) pick.checked = all.checked;
      });
    }
    for (const button of box.querySelectorAll("[data-sl-bulk]")) button.disabled = true;
    showChosen(box);
  }
  if (!keysStarted) {
    keysStarted = true;
    document.addEventListener("keydown", walkRows);
  }
}

function showChosen(box) {
  const count = box.querySelectorAll("[data-sl-pick]:checked").length;
  const words = box.querySelector("[data-sl-chosen]");
  if (words) {
    words.hidden = count === 0;
    words.querySelector("b").textContent = String(count);
  }
  for (const button of box.querySelectorAll("[data-sl-bulk]")) button.disabled = count === 0;
}

function walkRows(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const rows = [...document.querySelectorAll("[data-sl-row]")];
  const place = rows.findIndex((row) => row.classList.contains("is-here"));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const next = rows[Math.min(rows.length - 1, Math.max(0, place + (key === "j" ? 1 : -1)))];
    if (!next) return;
    if (rows[place]) rows[place].classList.remove("is-here");
    next.classList.add("is-here");
    next.scrollIntoView({ block: "nearest" });
    const link = next.querySelector("a[href]");
    if (link) link.focus({ preventScroll: true });
  } else if (key === "x" && rows[place]) {
    const pick = rows[place].querySelector("[data-sl-pick]");
    if (pick) pick.click();
  } else if (event.key === "Enter" && rows[place] && rows[place].dataset.slRow && event.target === document.body) {
    location.assign(rows[place].dataset.slRow);
  }
}

function target(name) {
  return document.getElementById(name || "sl-results");
}

function swap(url, box) {
  window.htmx.ajax("GET", url, { target: box, swap: "innerHTML" });
  window.history.pushState({ htmx: true }, "", url);
}

// The boxes stand outside what is swapped: their numbers follow the result.
function renewCounts(root) {
  const source = root.matches?.("[data-sl-counts]") ? root : root.querySelector("[data-sl-counts]");
  const form = document.querySelector("form[data-sl-filters]");
  if (!source || !form) return;
  const counts = JSON.parse(source.dataset.slCounts);
  for (const box of form.querySelectorAll("input")) {
    const number = box.parentElement.querySelector("[data-sl-count]");
    if (number && counts[box.name]) number.textContent = (counts[box.name][box.value] || 0).toLocaleString("en-US");
  }
}

export function startFilters(root) {
  renewCounts(root);
  for (const link of root.querySelectorAll("a[data-sl-swap]")) {
    const box = link.closest("#sl-results");
    if (!box || link.closest("[data-sl-filters]")) continue;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
      const form = document.querySelector("form[data-sl-filters]");
      if (form && link.closest("[data-sl-chips]")) return; // the boxes must follow: load the page
      event.preventDefault();
      swap(link.href, box);
    });
  }
  for (const form of root.querySelectorAll("form[data-sl-filters]")) startForm(form);
}

function startForm(form) {
  const facets = form.querySelector("[data-sl-facets]");
  if (facets && window.matchMedia("(max-width: 960px)").matches) facets.open = false;
  for (const done of form.querySelectorAll("[data-sl-facets-done]")) {
    done.addEventListener("click", () => {
      facets.open = false;
      facets.querySelector("summary").focus();
    });
  }
  if (!target(form.dataset.slFilters)) return;
  const send = () => {
    const box = target(form.dataset.slFilters);
    const values = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const query = values.toString();
    swap(query ? `${form.action.split("?")[0]}?${query}` : form.action.split("?")[0], box);
  };
  form.addEventListener("submit", (event) => {
    if (!window.htmx) return;
    event.preventDefault();
    send();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-sl-search]") || !window.htmx) return;
    send();
  });
}

window.addEventListener("popstate", () => {
  if (document.getElementById("sl-results")) location.reload();
});

// What every page may use. Each part looks for its own data-sl- hooks and is loaded when they exist.
import { startMenus, startToasts, startKeys } from "./behaviour.js";
import { startTables, startFilters } from "./lists.js";
import { startFolds } from "./menus.js";

const PARTS = [
  ["input[data-sl-suggest]", "./suggest.js", "startSuggestions"],
  ["[data-sl-chart]", "./charts.js", "startCharts"],
  ["[data-sl-picker], [data-sl-date]", "./pickers.js", "startPickers"],
  ["form[data-sl-draft], [data-sl-errors], [data-sl-grow], [data-sl-preview]", "./forms.js", "startForms"],
];

async function startWithin(root) {
  startMenus(root);
  startFolds(root);
  startTables(root);
  startFilters(root);
  for (const [hook, file, start] of PARTS) {
    if (root.querySelector(hook) || (root.matches && root.matches(hook))) {
      (await import(file))[start](root);
    }
  }
}

document.documentElement.classList.add("sl-live");
document.body.dataset.printed = `打印时间 ${new Date().toLocaleString("zh-CN")}　${location.href}`;
startToasts();
startKeys();
startWithin(document);
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) startWithin(event.detail.elt);
});
import("./forms.js").then((forms) => forms.dropSentDrafts());

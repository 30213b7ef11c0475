// Pickers (tom-select) and calendars (flatpickr), loaded only where a form needs them.
import { loadScript, loadStyle, vendorUrl } from "./loading.js";

export async function startPickers(root) {
  const pickers = [...root.querySelectorAll("[data-sl-picker]")].filter((one) => !one.tomselect);
  const days = [...root.querySelectorAll("[data-sl-date]")];
  if (pickers.length) {
    loadStyle(vendorUrl("tom-select/css/tom-select.min.css"));
    await loadScript(vendorUrl("tom-select/js/tom-select.base.min.js"));
    pickers.forEach(startPicker);
  }
  if (days.length && !window.matchMedia("(pointer: coarse)").matches) {
    loadStyle(vendorUrl("flatpickr/flatpickr.min.css"));
    await loadScript(vendorUrl("flatpickr/flatpickr.min.js"));
    await loadScript(vendorUrl("flatpickr/l10n/zh.js"));
    days.forEach(startCalendar);
  }
}

function startPicker(field) {
  const url = field.dataset.slPicker;
  const many = field.hasAttribute("data-sl-multiple") || field.multiple;
  const words = {
    no_results: (data) => `<div class="no-results">没有找到“${escaped(data.input)}”，换个说法试试</div>`,
    loading: () => '<div class="spinner">正在查找</div>',
    option: (data) => `<div>${escaped(data.text)}${data.note ? `<small>${escaped(data.note)}</small>` : ""}</div>`,
    item: (data) => `<div>${escaped(data.text)}</div>`,
    option_create: (data) => `<div class="create">添加“${escaped(data.input)}”</div>`,
  };
  const settings = {
    valueField: "value", labelField: "text", searchField: ["text", "note", "value"],
    maxItems: many ? null : 1, create: field.hasAttribute("data-sl-create"), render: words,
    openOnFocus: true, maxOptions: 200, plugins: [],
    placeholder: field.getAttribute("placeholder") || (url ? "输入名称、拼音或代码查找" : "请选择"),
  };
  if (url) {
    settings.preload = "focus";
    settings.load = (query, done) => {
      fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
        .then((answer) => answer.json())
        .then((answer) => { picker.clearOptions((option) => picker.items.includes(option.value)); done(answer.results); })
        .catch(() => done());
    };
    settings.score = () => () => 1; // the server has ranked them
    if (field.value && !many) settings.options = [{ value: field.value, text: field.dataset.slText || field.value }];
    if (field.value && many) settings.options = field.value.split(",").map((value, place) => ({ value, text: (field.dataset.slText || field.value).split(",")[place] || value }));
  }
  const picker = new window.TomSelect(field, settings);
  field.setAttribute("aria-hidden", "true"); // the picker's own box carries the label now
  const about = field.getAttribute("aria-describedby");
  if (about) picker.control_input.setAttribute("aria-describedby", about);
}

function startCalendar(field) {
  const time = field.dataset.slDate === "time";
  const value = field.value;
  field.type = "text";
  field.value = value;
  window.flatpickr(field, {
    locale: { ...window.flatpickr.l10ns.zh, firstDayOfWeek: 1 }, allowInput: true, disableMobile: true, enableTime: time, time_24hr: true,
    dateFormat: time ? "Y-m-d\\TH:i" : "Y-m-d", minDate: field.min || null, maxDate: field.max || null,
  });
}

function escaped(text) {
  const box = document.createElement("div");
  box.textContent = text ?? "";
  return box.innerHTML;
}

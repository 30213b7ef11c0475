// Draws charts as SVG with the colours of the tokens; the table stays one click away.
import { loadScript, vendorUrl } from "./loading.js";

const DASHES = ["solid", "dashed", "dotted", [10, 4, 2, 4], [2, 2]];
const MARKS = ["circle", "rect", "triangle", "diamond", "pin"];

export async function startCharts(root) {
  const boxes = [...root.querySelectorAll("[data-sl-chart]")];
  if (root.matches && root.matches("[data-sl-chart]")) boxes.push(root);
  await loadScript(vendorUrl("echarts/echarts.common.min.js"));
  boxes.forEach(startChart);
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function startChart(box) {
  if (box.dataset.slDrawn) return;
  box.dataset.slDrawn = "1";
  const place = box.querySelector("[data-sl-chart-draw]");
  const rows = box.querySelector("[data-sl-chart-rows]");
  const button = box.querySelector("[data-sl-chart-table]");
  place.hidden = false;
  rows.classList.add("visually-hidden");
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  const data = JSON.parse(box.dataset.slChart);
  const room = Math.floor((place.clientWidth - 70) / data.labels.length) - 8;
  chart.setOption(optionOf(data, Math.max(36, room)));
  new ResizeObserver(() => chart.resize()).observe(place);
  button.addEventListener("click", () => {
    const showTable = !place.hidden;
    place.hidden = showTable;
    rows.classList.toggle("visually-hidden", !showTable);
    button.textContent = showTable ? "看图" : "看表格";
    button.setAttribute("aria-expanded", String(showTable));
    if (!showTable) chart.resize();
  });
}

function optionOf({ kind, unit, labels, series }, room) {
  const colours = [1, 2, 3, 4, 5].map((number) => token(`--sl-c${number}`));
  const ink = token("--sl-ink-2");
  const line = token("--sl-line");
  const words = { color: ink, fontSize: 12, fontFamily: token("--sl-sans") };
  const lying = kind === "bars";
  const names = { type: "category", data: labels, inverse: lying, axisLabel: lying || kind === "line" ? words : { ...words, interval: 0, width: room, lineHeight: 15, overflow: "break" }, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--sl-line-strong") } } };
  const values = { type: "value", min: kind === "line" ? undefined : 0, axisLabel: { ...words, hideOverlap: true }, splitLine: { lineStyle: { color: line } } };
  return {
    animation: false, color: colours, textStyle: words,
    grid: { left: 8, right: kind === "line" ? 84 : 40, top: series.length > 1 && kind !== "line" ? 36 : 16, bottom: 4, containLabel: true },
    legend: series.length > 1 && kind !== "line" ? { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: words } : undefined,
    tooltip: { trigger: "axis", confine: true, valueFormatter: (value) => (value == null ? "未设定" : `${Number(value).toLocaleString("zh-CN")} ${unit}`) },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: series.map((row, place) => drawn(row, place, { kind, lying, words, colours, alone: series.length === 1 })),
  };
}

function drawn(row, place, { kind, lying, words, colours, alone }) {
  if (kind === "line") {
    return {
      type: "line", name: row.name, data: row.values, symbol: MARKS[place % 5], symbolSize: 7,
      lineStyle: { type: DASHES[place % 5], width: 2 },
      endLabel: { show: true, formatter: "{a}", color: colours[place % 5], fontWeight: 600, fontSize: 12 },
    };
  }
  return {
    type: "bar", name: row.name, data: row.values, barMaxWidth: lying ? 16 : 34, stack: kind === "stacked" ? "all" : undefined,
    itemStyle: { borderColor: "#fff", borderWidth: kind === "stacked" ? 1 : 0 },
    label: { show: alone, position: lying ? "right" : "top", formatter: ({ value }) => (value == null ? "" : Number(value).toLocaleString("zh-CN")), ...words },
  };
}

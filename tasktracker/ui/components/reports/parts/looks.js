// How charts look: colours of tokens.css, the page's letters, its direction, and whether anything may move.
const { day, number } = window.tasktracker;

const FONT = "Inter, ui-sans-serif, system-ui, sans-serif";
const MOVES = 240; // ms

// As the page is now: colours change with the theme.
export function looksNow() {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  return {
    color: (name) => style.getPropertyValue(`--tt-${name}`).trim(),
    isMirrored: root.dir === "rtl",
    isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

// What all charts have in common. `x` and `y` are their axes, `tip` makes what is shown at a point.
export function chartOf(look, { x, y, tip, series, trigger = "axis", pointer = "line" }) {
  const { color, isMirrored, isStill } = look;
  const text = { color: color("text-3"), fontFamily: FONT, fontSize: 11 };
  const line = { lineStyle: { color: color("border") } };
  return {
    animation: !isStill,
    animationDuration: MOVES,
    animationDurationUpdate: MOVES,
    textStyle: { fontFamily: FONT },
    grid: { top: 16, bottom: 4, left: 4, right: 12, containLabel: true },
    tooltip: {
      ...{ trigger, confine: true, formatter: tip, transitionDuration: 0, padding: 0, borderWidth: 0 },
      ...{ backgroundColor: "transparent", extraCssText: "box-shadow: none", enterable: false },
      axisPointer: { type: pointer, lineStyle: { color: color("border-strong"), type: "solid" }, shadowStyle: { opacity: 0.1 } },
    },
    xAxis: {
      ...{ inverse: isMirrored, axisLine: line, axisTick: { show: false } },
      ...{ axisLabel: { ...text, hideOverlap: true, margin: 10, ...x.axisLabel }, splitLine: { show: false } },
      ...without(x, "axisLabel"),
    },
    yAxis: {
      ...{ type: "value", position: isMirrored ? "right" : "left", minInterval: 1, axisLine: { show: false } },
      ...{ axisTick: { show: false }, splitLine: line, splitNumber: 4 },
      axisLabel: { ...text, formatter: (value) => number(value), ...y?.axisLabel },
      ...without(y ?? {}, "axisLabel"),
    },
    series,
  };
}

const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));

// An axis of days, each `YYYY-MM-DD`.
export function daysAxis(look, days) {
  const [begin, end] = look.isMirrored ? ["right", "left"] : ["left", "right"];
  const axisLabel = { formatter: (iso) => day(iso), alignMinLabel: begin, alignMaxLabel: end };
  return { type: "category", data: days, boundaryGap: false, axisLabel };
}

// What is shown at a point: a heading, and lines of `{color, name, value}`. Nodes and not HTML, since titles are in it.
export function tipOf(heading, lines) {
  const root = node("div", "tt-chart-tip");
  root.append(node("p", "tt-chart-tip__head", heading));
  for (const { color, name, value } of lines) {
    const line = node("p", "tt-chart-tip__line");
    if (color) line.append(Object.assign(node("span", "tt-chart-tip__dot"), { style: `background: ${color}` }));
    const called = node("span", "tt-chart-tip__name", name);
    called.dir = "auto";
    line.append(called, node("b", "", value));
    root.append(line);
  }
  return root;
}

function node(tag, className, text = "") {
  const element = Object.assign(document.createElement(tag), { textContent: text });
  if (className) element.className = className;
  return element;
}

// A thin line across the chart at a height, with its name on it.
export const levelLine = (look, levels) => ({
  ...{ silent: true, symbol: "none", animation: false },
  lineStyle: { color: look.color("text-3"), type: "dashed", width: 1 },
  label: { position: "insideEndTop", color: look.color("text-2"), fontFamily: FONT, fontSize: 11, distance: 3 },
  data: levels.map(({ name, value }) => ({ yAxis: value, label: { formatter: name } })),
});

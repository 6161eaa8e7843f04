// What is shown while tasks are on the way: bones where these will stand.
import { h } from "vue";

export const bone = (inlineSize, style = {}) => h("span", { class: "tt-bone tt-bone--line", style: { inlineSize, ...style } });
export const boneRow = (percent) => h("div", { class: "tt-row" }, [h("span", { class: "tt-row__title" }, [bone(`${percent}%`)])]);

const DAYS = { 2: [70], 3: [55, 80], 8: [62], 10: [75], 15: [50, 66], 17: [82], 18: [58], 24: [72], 30: [60] }; // place in the grid: percent

// The bones of a day, by its place in the grid.
export const dayBones = (place) =>
  (DAYS[place] ?? []).map((percent) =>
    h("li", { class: "tt-day-task tt-skeleton", "aria-hidden": "true", key: percent }, [
      bone(`${percent}%`),
    ]),
  );

const BARS = [[4, 18], [10, 26], [22, 12], [18, 30], [34, 22], [40, 14], [52, 24], [48, 34], [66, 18]]; // percent: where one begins, how long it is

export const timelineSkeleton = () =>
  h("div", { class: "tt-timeline__scroll tt-skeleton", "aria-hidden": "true", key: "skeleton" }, [
    h("div", { class: "tt-timeline__head" }, [h("div", { class: "tt-timeline__corner" })]),
    ...BARS.map(([from, width], index) =>
      h("div", { class: "tt-timeline__bones", key: index }, [
        h("div", { class: "tt-timeline__name" }, [bone("62%")]),
        h("div", { class: "tt-timeline__track" }, [
          bone(`${width}%`, { marginInlineStart: `${from}%` }),
        ]),
      ]),
    ),
  ]);

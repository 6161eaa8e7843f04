// The star of a saved view that somebody has at hand.
import { h } from "vue";

const PATH = "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z";

export const STAR = (isOn = false) =>
  h("svg", { class: ["tt-svg", "tt-svg--star", { "tt-svg--on": isOn }], viewBox: "0 0 16 16", "aria-hidden": "true" }, [
    h("path", { d: PATH }),
  ]);

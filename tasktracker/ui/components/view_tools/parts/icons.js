// The icons of the row of views.
import { drawing } from "tasktracker-parts/icons.js";

const icon = (d) => drawing("tool", [["path", { d }]]);

export const FUNNEL = icon("M2 4h12M4.5 8h7M7 12h2");
export const BOOKMARK = icon("M4 2.5h8v11L8 10.25 4 13.5z");
export const SLIDERS = icon(
  "M2 5h5.5M12 5h2M2 11h2M8.5 11H14M7.5 5a2.25 2.25 0 1 0 4.5 0 2.25 2.25 0 1 0-4.5 0M4 11a2.25 2.25 0 1 0 4.5 0A2.25 2.25 0 1 0 4 11",
);
export const CROSS = icon("m4.5 4.5 7 7m0-7-7 7");
export const PENCIL = icon("M3 13l.6-2.8 7.6-7.6 2.2 2.2-7.6 7.6z");
export const BIN = icon("M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9");
export const UP = icon("m4 9.5 4-4 4 4");
export const DOWN = icon("m4 6.5 4 4 4-4");

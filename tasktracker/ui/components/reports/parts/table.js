// The numbers behind a picture: a table to read, to copy, and to take along as CSV.
import { h } from "vue";

const { t } = window.tasktracker;

// `{name, file, caption, head, rows, words, isLatestFirst}`: a cell is a number, a text, or {value, shown, href}; `head` names columns.
export function tableOf(table) {
  const rows = table.isLatestFirst ? [...table.rows].reverse() : table.rows;
  const id = `tt-table-${table.name}`;
  return h("div", { class: "tt-numbers", key: table.name }, [
    h("div", { class: "tt-numbers__bar" }, [
      h("h3", { class: "tt-numbers__title", id }, table.caption),
      button(t("Copy"), t("Copy the table: {table}", { table: table.caption }), () => window.tasktracker.copy(textOf(table, "\t"), t("Table copied"))),
      button(t("Download CSV"), t("Download as CSV: {table}", { table: table.caption }), () => download(table)),
    ]),
    h("div", { class: "tt-numbers__scroll", tabindex: 0, role: "region", "aria-labelledby": id }, [
      h("table", { class: ["tt-numbers__table", { "tt-numbers__table--figures": !table.words }] }, [
        h("thead", [h("tr", table.head.map((name, index) => h("th", { scope: "col", class: classOf(table, index) }, name)))]),
        h("tbody", rows.map((row) => h("tr", { key: valueOf(row[0]) }, row.map((each, index) => cell(table, each, index))))),
      ]),
    ]),
  ]);
}

const button = (text, name, onClick) =>
  h("button", { class: "tt-text-button", type: "button", "aria-label": name, onClick }, text);

const isWords = (table, index) => index === 0 || table.words?.includes(index);
const classOf = (table, index) => (isWords(table, index) ? "" : "tt-numbers__number");
const valueOf = (each) => each?.value ?? each;

function cell(table, each, index) {
  const shown = each?.shown ?? shownNumber(valueOf(each));
  const words = each?.href ? h("a", { href: each.href }, shown) : shown;
  const attributes = { class: classOf(table, index), dir: table.words?.includes(index) ? "auto" : undefined };
  return index === 0 ? h("th", { scope: "row" }, words) : h("td", attributes, words);
}

const shownNumber = (value) => (typeof value === "number" ? window.tasktracker.number(value) : (value ?? "–"));

// --- as text --------------------------------------------------------------------------------------------------------

const textOf = (table, separator) =>
  [table.head, ...table.rows].map((row) => row.map((each) => field(valueOf(each), separator)).join(separator)).join("\r\n");

// RFC 4180; and no text is to be taken for a formula by whoever opens it.
function field(value, separator) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /["\r\n\t]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

function download(table) {
  const address = URL.createObjectURL(new Blob(["\ufeff", textOf(table, ","), "\r\n"], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: `${table.file}.csv` }).click();
  URL.revokeObjectURL(address);
}

// The rows of a table: loaded part by part as they are needed, in the order of the server, and fetched again when they
// change. To what surrounds a view it is what a LiveProject is.
import { onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { onConnectedAgain } from "tasktracker-parts/hooks.js";
import { fetchJson, fetchPart } from "./fetching.js";
import { isBefore } from "./table_order.js";

const PART = 100; // rows that are fetched at once
const PAUSE = 150; // ms in which changes are gathered
const PAUSES = [500, 1_000, 2_000, 5_000, 15_000]; // ms before each further try

const isRefusal = ({ status }) => status >= 400 && status < 500; // asking again does not help

export class TableSource {
  state = shallowRef("loading"); // then "ready" or "failed"
  reason = shallowRef("");
  frame = shallowRef(null); // {key, name, archived, columns, labels, people}
  lists = shallowRef(new Map()); // one list, "all": the rows that are loaded
  total = shallowRef(null); // how many rows there are, null as long as nobody knows
  news = false;
  cards = new Map(); // number -> row
  lanes = null;

  #url;
  #filter;
  #wanted; // gives {sort, fields}
  #next = null; // the address of the next part
  #loading = null; // the part that is on its way
  #turn = 0;
  #all = null; // the numbers of all tasks, where a board knows them
  #changed = new Set();
  #timer = 0;
  #revision = -1;
  #failures = 0;
  #sequence = 0; // stands for the numbers of tasks of several projects

  constructor({ url, frame, filter, wanted }) {
    this.#url = url;
    this.#filter = filter;
    this.#wanted = wanted;
    this.#enframe(frame);
  }

  get rows() {
    return this.lists.value.get("all") ?? [];
  }

  get isWhole() {
    return this.state.value === "ready" && !this.#next;
  }

  isShown(number) {
    return this.cards.has(number);
  }

  async load() {
    const turn = ++this.#turn;
    this.#loading = null;
    await this.#filter.ready;
    if (turn !== this.#turn) return;
    this.#count();
    await this.#part(this.#address(this.#filter.text.value), turn, []);
  }

  // Load so many rows, as far as there are that many.
  async need(count) {
    const turn = this.#turn;
    while (this.#next && this.rows.length < count && turn === this.#turn) {
      this.#loading ??= this.#part(this.#next, turn, this.rows).finally(() => (this.#loading = null));
      await this.#loading;
    }
  }

  patch(patch) {
    if (patch.project) this.#enframe(patch.project);
    const numbers = patch.cards.map((card) => card.number);
    for (const number of numbers) this.#all?.add(number);
    for (const number of patch.gone) this.#all?.delete(number);
    this.#filter.changed(numbers);
    this.#recount();
    if (this.#revision >= 0 && patch.since > this.#revision) return this.load(); // something was missed
    this.#revision = Math.max(this.#revision, patch.revision);
    this.#without(new Set(patch.gone));
    for (const number of numbers) this.#changed.add(number);
    if (numbers.length) this.#timer ||= setTimeout(() => this.#fetchChanged(), PAUSE);
  }

  close() {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  #address(filter, more = {}) {
    const { sort, fields } = this.#wanted();
    return `${this.#url}?${new URLSearchParams({ sort, fields: fields.join(","), limit: PART, ...(filter && { filter }), ...more })}`;
  }

  async #part(address, turn, before) {
    if (!before.length && !this.rows.length) this.state.value = "loading";
    try {
      const { items, next } = await fetchPart(address);
      if (turn !== this.#turn) return;
      this.#failures = 0;
      this.#next = next;
      const known = new Set(before.map((row) => row.number));
      const rows = this.#filter.board ? items : items.map((row) => ({ ...row, number: ++this.#sequence }));
      this.#show([...before, ...rows.filter((row) => !known.has(row.number))]);
      this.state.value = "ready";
    } catch (error) {
      if (turn === this.#turn) await this.#failed(error, turn, before);
    }
  }

  // What is shown stays, and is asked for again: the first part here, those behind it by whoever needs them.
  async #failed(error, turn, before) {
    if (!this.rows.length || isRefusal(error)) {
      this.reason.value = error.message;
      this.state.value = "failed";
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]));
    if (!before.length && turn === this.#turn) this.load();
  }

  // How many tasks there are without a filter, of a project.
  async #count() {
    if (this.#filter.board) {
      const { numbers } = await fetchJson(`${this.#filter.board}:fitting`).catch(() => ({ numbers: null }));
      this.#all = numbers && new Set(numbers);
    }
    this.#recount();
  }

  #recount() {
    this.total.value = this.#filter.fits.value?.size ?? (this.#filter.text.value ? null : (this.#all?.size ?? null));
  }

  recount() {
    this.#recount();
  }

  async #fetchChanged() {
    this.#timer = 0;
    const turn = this.#turn;
    const numbers = [...this.#changed].slice(0, PART);
    for (const number of numbers) this.#changed.delete(number);
    if (this.#changed.size) this.#timer = setTimeout(() => this.#fetchChanged(), PAUSE);
    const { text } = this.#filter;
    const filter = `number:${numbers.join(",")}${text.value ? ` (${text.value})` : ""}`;
    try {
      const { items } = await fetchPart(this.#address(filter));
      if (turn === this.#turn) this.#merge(numbers, items);
    } catch (error) {
      if (turn !== this.#turn) return; // all of them are asked for, or nobody looks any more
      if (isRefusal(error)) return this.load();
      for (const number of numbers) this.#changed.add(number);
      this.#timer ||= setTimeout(() => this.#fetchChanged(), PAUSES[0]);
    }
  }

  // A row that has changed stays under the eyes of whoever looks at it; a new one goes where it belongs.
  #merge(asked, found) {
    const fresh = new Map(found.map((row) => [row.number, row]));
    const left = new Set(asked.filter((number) => !fresh.has(number)));
    const rows = this.rows.filter((row) => !left.has(row.number)).map((row) => fresh.get(row.number) ?? row);
    const { sort } = this.#wanted();
    for (const row of found.filter((each) => !this.cards.has(each.number))) {
      const at = rows.findIndex((other) => isBefore(row, other, sort));
      if (at >= 0) rows.splice(at, 0, row);
      else if (!this.#next) rows.push(row);
    }
    this.#show(rows, true);
  }

  #without(numbers) {
    if (this.rows.some((row) => numbers.has(row.number)))
      this.#show(
        this.rows.filter((row) => !numbers.has(row.number)),
        true,
      );
  }

  #show(rows, news = false) {
    this.news = news;
    this.cards = new Map(rows.map((row) => [row.number, row]));
    this.lists.value = new Map([["all", rows]]);
  }

  #enframe(project) {
    const byId = (things) => new Map(things.map((thing) => [thing.id, thing]));
    this.frame.value = { ...project, labels: byId(project.labels), people: byId(project.people) };
  }
}

// A source for the life of the component that calls this; `wanted` is a ref of {sort, fields}.
export function useTableSource({ url, frame, filter, wanted }) {
  const source = new TableSource({ url, frame, filter, wanted: () => wanted.value });
  const again = () => {
    source.load();
    filter.refresh();
  };
  watch([filter.text, wanted], ([text, now], [textBefore, before]) => {
    if (text !== textBefore || JSON.stringify(now) !== JSON.stringify(before)) source.load();
  });
  watch(filter.fits, () => source.recount());
  onMounted(() => source.load());
  onConnectedAgain(again);
  onBeforeUnmount(() => source.close());
  return source;
}

// The filter of the page, one for the bar in which it is written and the view that it filters. Its text stands in the
// address. Which cards fit is asked of the server: all at first, and then only those that have changed.
import { shallowRef } from "vue";
import { fetchJson } from "./fetching.js";

const PAUSE = 120; // ms in which changes are gathered
const MANY = 200; // changed cards; if there are more, all are asked for
const AGAIN = 3_000; // ms until a server that did not answer is asked again
const STALE = 60_000; // ms out of sight, after which "today" may be another day
// What holds of a task because of another one, whose change says nothing of it.
const FAR = /\b(block|relates|duplicates|parent|subtask|has:)/i;

export class TaskFilter {
  text = shallowRef(""); // the filter that the view shows
  fits = shallowRef(null); // the numbers of the cards that it lets through; null without a filter
  problem = shallowRef(null); // what is wrong with the text that was tried last: {text, detail, start, end, suggestion}

  board; // the address of the board that is filtered

  #url;
  #turn = 0; // of a newer text, after which answers for an older one are moot
  #queue = Promise.resolve();
  #changed = new Set();
  #timer = 0;
  #hiddenAt = 0;

  constructor(board) {
    this.board = board;
    this.#url = `${board}:fitting`;
    document.addEventListener("visibilitychange", () => this.#look());
    this.ready = this.apply(new URLSearchParams(location.search).get("filter") ?? "");
  }

  // Show the tasks that fit this text; what is wrong with it is told in `problem`, and the last good one stays.
  async apply(text) {
    const wanted = text.trim();
    const turn = ++this.#turn;
    this.#changed.clear();
    if (wanted) return this.#ask({ text: wanted, turn });
    this.problem.value = this.fits.value = null;
    this.#note("");
  }

  // Those cards have changed.
  changed(numbers) {
    if (!this.text.value) return;
    for (const number of numbers) this.#changed.add(number);
    if (this.#changed.size) this.#timer ||= setTimeout(() => this.#askForChanged(), PAUSE);
  }

  // Ask for all cards again: some may have been missed.
  refresh() {
    if (this.text.value) this.#ask({ text: this.text.value, turn: this.#turn });
  }

  #askForChanged() {
    this.#timer = 0;
    const numbers = [...this.#changed];
    this.#changed.clear();
    if (numbers.length > MANY || FAR.test(this.text.value)) return this.refresh();
    if (numbers.length) this.#ask({ text: this.text.value, turn: this.#turn, numbers });
  }

  // One after the other, so that no answer is older than one that was taken before.
  #ask(question) {
    this.#queue = this.#queue.then(() => this.#asked(question));
    return this.#queue;
  }

  async #asked({ text, turn, numbers }) {
    if (turn !== this.#turn) return;
    const query = new URLSearchParams([["filter", text], ...(numbers ?? []).map((number) => ["numbers", number])]);
    try {
      const answer = await fetchJson(`${this.#url}?${query}`);
      if (turn === this.#turn) this.#take(text, answer.numbers, numbers);
    } catch (error) {
      if (turn === this.#turn) this.#failed(error, { text, turn });
    }
  }

  #take(text, fitting, asked) {
    const fits = new Set(asked ? this.fits.value : fitting);
    for (const number of asked ?? []) fits.delete(number);
    for (const number of fitting) fits.add(number);
    this.problem.value = null;
    this.fits.value = fits;
    this.#note(text);
  }

  #failed(error, question) {
    if (error.status >= 400 && error.status < 500) {
      const { position, length, suggestion, errors } = error.problem;
      const detail = errors?.[0]?.detail ?? error.message;
      this.problem.value = { text: question.text, detail, start: position, end: position + length, suggestion };
    } else {
      setTimeout(() => question.turn === this.#turn && this.#ask(question), AGAIN);
    }
  }

  #note(text) {
    this.text.value = text;
    window.tasktracker.setAddress({ filter: text || null });
  }

  #look() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > STALE) this.refresh();
  }
}

// A filter that stays as it is, of tasks that no board holds.
export const fixedFilter = (text) => ({
  ...{
    text: shallowRef(text),
    fits: shallowRef(null),
    problem: shallowRef(null),
    board: null,
    ready: Promise.resolve(),
  },
  changed: () => {},
  refresh: () => {},
});

let filter;

// The one of this page; `board` is the address of the project's board in the API.
export const pageFilter = (board) => (filter ??= new TaskFilter(board));

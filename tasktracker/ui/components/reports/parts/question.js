// What is asked of the reports: which one, of which days, through which filter. All of it stands in the address. To the
// bar of the filter this is the filter itself.
import { shallowRef } from "vue";
import { fetchJson } from "tasktracker-live-project/fetching.js";

const { today } = window.tasktracker;

export const REPORTS = ["flow", "cycle-time", "burndown", "throughput"];
export const SPANS = [30, 90, 365]; // days until today
const SOON = 500; // ms after a change until it is looked at
const APART = 2_000; // ms from one look to the next
const SHARE = 10; // a report that takes long is asked for as rarely as that

const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "");

export const daysBefore = (iso, days) => new Date(Date.parse(iso) - days * 86_400_000).toISOString().slice(0, 10);

export class Question {
  report = shallowRef("flow");
  days = shallowRef(90); // null: from `first` to `last`
  first = shallowRef("");
  last = shallowRef("");
  text = shallowRef(""); // the filter that the answer is through
  problem = shallowRef(null); // what is wrong with the one that was tried last
  fits = shallowRef(null); // the bar's, and unused: nobody counts the tasks of a report
  answer = shallowRef(null); // {report, data}
  state = shallowRef("loading"); // then "ready" or "failed"
  reason = shallowRef(""); // why it failed
  wrong = shallowRef(""); // why no report can tell of these days

  #url;
  #filter;
  #turn = 0;
  #isAsked = false; // by somebody, and not answered yet
  #took = 0;
  #askedAt = 0;
  #timer = 0;

  constructor(projectKey) {
    this.#url = `/api/v1/projects/${projectKey}/reports`;
    const query = new URLSearchParams(location.search);
    if (REPORTS.includes(query.get("report"))) this.report.value = query.get("report");
    if (SPANS.includes(Number(query.get("days")))) this.days.value = Number(query.get("days"));
    if (isDay(query.get("first")) && isDay(query.get("last"))) {
      [this.days.value, this.first.value, this.last.value] = [null, query.get("first"), query.get("last")];
    }
    this.#filter = query.get("filter")?.trim() ?? "";
  }

  show(report) {
    this.report.value = report;
    return this.load();
  }

  // The last so many days.
  spanOf(days) {
    this.days.value = days;
    return this.load();
  }

  // From one day to another one; from what is shown until somebody says otherwise.
  between({ first = this.begin(), last = this.last.value || today() } = {}) {
    [this.days.value, this.first.value, this.last.value] = [null, first, last];
    if (isDay(first) && isDay(last)) return this.load();
  }

  begin() {
    return this.days.value ? daysBefore(today(), this.days.value - 1) : this.first.value;
  }

  apply(text) {
    this.#filter = text.trim();
    return this.load();
  }

  // Something has changed: ask again, but not all the time.
  hint() {
    const rest = Math.max(APART, this.#took * SHARE) - (Date.now() - this.#askedAt);
    this.#timer ||= setTimeout(() => this.look(), Math.max(SOON, rest));
  }

  // Nobody looks at a page that is hidden; it asks when it is shown again.
  look() {
    this.stop();
    if (!document.hidden) this.load({ isAsked: false });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  // Unless somebody has asked, a failure is not told: the numbers from before stay, until the next look.
  async load({ isAsked = true } = {}) {
    this.stop();
    const [mine, report, filter] = [++this.#turn, this.report.value, this.#filter];
    this.#isAsked ||= isAsked;
    if (this.answer.value?.report !== report || (isAsked && this.state.value === "failed")) this.state.value = "loading";
    this.#askedAt = Date.now();
    try {
      const data = await fetchJson(`${this.#url}/${report}?${this.#query(filter)}`);
      if (mine === this.#turn) this.#take({ report, data }, filter);
    } catch (error) {
      if (mine === this.#turn) this.#fail(error, filter);
    }
  }

  #query(filter) {
    const span = this.days.value ? { first: this.begin() } : { first: this.first.value, last: this.last.value };
    return new URLSearchParams({ ...span, ...(filter ? { filter } : {}) });
  }

  #take(answer, filter) {
    this.#isAsked = false;
    this.#took = Date.now() - this.#askedAt;
    this.answer.value = answer;
    this.state.value = "ready";
    this.problem.value = null;
    this.wrong.value = "";
    this.text.value = filter;
    const [days, first, last] = [this.days.value, this.first.value, this.last.value];
    const span = days ? { days, first: null, last: null } : { days, first, last };
    window.tasktracker.setAddress({ report: answer.report, ...span, filter: filter || null });
  }

  // What is wrong with the question is told beside it, and the last good answer stays.
  #fail({ message, problem, status }, filter) {
    const { position, length, suggestion, errors } = problem ?? {};
    const detail = errors?.[0]?.detail ?? message;
    if (status === 422 && position !== undefined) {
      this.problem.value = { text: filter, detail, start: position, end: position + length, suggestion };
    } else if (status === 422) {
      this.wrong.value = detail;
    } else {
      this.reason.value = message;
    }
    if (status === 422 && this.answer.value) this.state.value = "ready";
    else if (this.#isAsked || this.answer.value?.report !== this.report.value) this.state.value = "failed";
    this.#isAsked = false;
  }
}

let question;

// The one of this page.
export const pageQuestion = (projectKey) => (question ??= new Question(projectKey));

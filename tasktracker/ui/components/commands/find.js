// What the palette finds besides commands: projects by their names, tasks by their words, and any task by its reference.
import { h } from "vue";
import { stateIcon } from "tasktracker-live-project/card_parts.js";
import { fetchJson, reasonOf } from "tasktracker-live-project/fetching.js";
import { match } from "./match.js";

const { t } = window.tasktracker;

const PAUSE = 120; // ms without a keystroke before the server is asked
const MANY = 8; // tasks at once
const REFERENCE = /^\s*([a-z][a-z0-9]*)-([1-9]\d{0,8})\s*$/i;

// `OPS-12`, if that is what was typed; `12` is of the project at hand.
export function referenceIn(query, key) {
  const [, project, number] = query.match(REFERENCE) ?? [null, key, query.match(/^\s*([1-9]\d{0,8})\s*$/)?.[1]];
  return project && number ? `${project.toUpperCase()}-${number}` : null;
}

// Tasks that the server finds. `changed()` is called when there are others.
export class TaskSearch {
  hits = [];
  isBusy = false;
  failed = "";

  #changed;
  #timer = 0;
  #call = null;
  #query = "";

  constructor(changed) {
    this.#changed = changed;
  }

  look(query) {
    const wanted = query.trim();
    if (wanted === this.#query) return;
    this.stop();
    this.#query = wanted;
    this.isBusy = wanted.length > 1;
    if (this.isBusy) this.#timer = setTimeout(() => this.#ask(wanted), PAUSE);
    else this.hits = [];
  }

  stop() {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = null;
    this.#query = "";
    this.isBusy = false;
  }

  async #ask(query) {
    const call = (this.#call = new AbortController());
    try {
      const address = `/api/v1/search?limit=${MANY}&q=${encodeURIComponent(query.slice(0, 200))}`;
      [this.hits, this.failed] = [await fetchJson(address, { signal: call.signal }), ""];
    } catch (error) {
      if (error.name === "AbortError") return;
      [this.hits, this.failed] = [[], reasonOf(error)];
    }
    this.isBusy = false;
    this.#changed();
  }
}

// What the server marked, as Vue nodes: nothing of it is taken for HTML but the marks.
export function marked(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].map((node) => (node.nodeName === "MARK" ? h("mark", node.textContent) : node.textContent));
}

export const taskItem = (hit) => ({
  id: `task:${hit.ref}`,
  task: hit.ref,
  title: marked(hit.title_html),
  icon: () => stateIcon(hit.state),
  note: hit.ref,
  isQuiet: hit.archived || ["done", "cancelled"].includes(hit.state),
});

export const referenceItem = (ref) => ({
  id: `task:${ref}`,
  task: ref,
  title: t("Go to {ref}", { ref }),
  icon: "arrow_forward",
});

// The best of the projects, by name or key.
export function projectItems(projects, query, most) {
  return projects
    .map((project) => ({ project, found: best(query, project.name, project.key) }))
    .filter(({ found }) => found)
    .sort((one, other) => other.found.score - one.found.score)
    .slice(0, most)
    .map(({ project, found }) => ({
      id: `project:${project.key}`,
      address: `/${project.key}/board`,
      name: project.name,
      at: found.at,
      note: project.key,
      icon: () => h("span", { class: "tt-project-dot", style: { "--tt-project": project.color } }),
    }));
}

function best(query, name, key) {
  const found = match(query, name);
  const byKey = match(query, key);
  if (!byKey || found?.score >= byKey.score) return found;
  return { score: byKey.score, at: found?.at ?? [] };
}

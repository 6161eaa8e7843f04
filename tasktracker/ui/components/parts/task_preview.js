// A task at a glance, beside the list that it was found in.
import { h } from "vue";
import * as parts from "tasktracker-live-project/card_parts.js";
import { priorityName } from "tasktracker-live-project/priorities.js";
import { bone } from "tasktracker-live-project/skeletons.js";
import { CleanHtml } from "tasktracker-parts/clean_html.js";
import { ago, exact } from "tasktracker-parts/moments.js";

const { t } = window.tasktracker;

const fact = (name, ...content) => [h("dt", { class: "tt-glance__name" }, name), h("dd", { class: "tt-glance__value" }, content)];

function facts(task, today) {
  const people = task.people.map(({ id, name }) => h("span", { class: "tt-glance__person", key: id }, [parts.face(name), name]));
  return h("dl", { class: "tt-glance__facts" }, [
    fact(t("State"), parts.stateIcon(task.state), task.column),
    task.priority === "none" ? null : fact(t("Priority"), parts.priorityIcon(task.priority), priorityName(task.priority)),
    task.due ? fact(t("Due"), parts.dueChip(task, today, task.state)) : null,
    people.length ? fact(t("Assignees"), ...people) : null,
    task.labels.length ? fact(t("Labels"), task.labels.join(", ")) : null,
  ]);
}

const comment = (now) => (said) =>
  h("li", { class: "tt-glance__comment", key: said.id }, [
    h("div", { class: "tt-glance__author" }, [
      parts.face(said.author),
      h("b", said.author),
      h("time", { datetime: said.at, title: exact(said.at) }, ago(said.at, now)),
    ]),
    h(CleanHtml, { html: said.html }),
  ]);

const comments = (task, now) => [
  task.comments.length ? h("h2", { class: "tt-glance__heading" }, t("Latest comments")) : null,
  h("ul", { class: "tt-glance__comments" }, task.comments.map(comment(now))),
];

// `task` as presenters/task_preview.py makes it, or null while it is on its way; `news` is drawn below its facts. Who is
// brief leaves out what was said about it.
export function taskPreview(task, { today, now, news = null, isBrief = false }) {
  if (!task) return h("div", { class: "tt-glance tt-skeleton", "aria-hidden": "true" }, ["32%", "60%", "48%"].map((size) => bone(size)));
  return h("article", { class: "tt-glance", "aria-label": task.ref, key: task.ref }, [
    h("div", { class: "tt-glance__head" }, [
      h("span", { class: "tt-id" }, task.ref),
      isBrief ? null : h("a", { class: "tt-button", href: `/t/${task.ref}` }, t("Open task")),
    ]),
    h("h2", { class: "tt-glance__title", dir: "auto" }, task.title),
    facts(task, today),
    news,
    task.html ? h(CleanHtml, { html: task.html }) : h("p", { class: "tt-quiet" }, t("No description.")),
    ...(isBrief ? [] : comments(task, now)),
  ]);
}

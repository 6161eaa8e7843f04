// Asking the API from a page.
const { t, told } = window.tasktracker;

// What the address answers, as JSON. A refusal is thrown: its `message` is the server's sentence, `problem` the document.
export async function fetchJson(url, { method = "GET", body, signal } = {}) {
  const headers = { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) };
  const options = { method, headers, cache: "no-cache", signal, body: body && JSON.stringify(body) };
  const response = await fetch((window.path_prefix ?? "") + url, options);
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? ""), { status: response.status, problem });
}

// The same of a list in parts: `{items, next}`, where `next` is the address of the part behind it, or null.
export async function fetchPart(url, signal) {
  const response = await fetch((window.path_prefix ?? "") + url, { headers: { Accept: "application/json" }, cache: "no-cache", signal });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? ""), { status: response.status, problem: answer });
  const next = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get("Link") ?? "");
  return { items: answer, next: next && new URL(next[1], location.href).href.replace(location.origin, "") };
}

// Why a call failed, in the reader's words.
export function reasonOf({ status, message, problem }) {
  return (status && told(problem.errors?.[0]?.detail ?? message)) || t("The server cannot be reached.");
}

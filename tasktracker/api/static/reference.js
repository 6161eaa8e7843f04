// "Try it": sends the call of a form and shows the answer. The token stays in this page.

const unsafe = new Set(["POST", "PUT", "PATCH", "DELETE"]);

for (const form of document.querySelectorAll("form[data-path]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    output.textContent = "…";
    try {
      output.textContent = await show(await fetch(address(form), request(form)));
    } catch (error) {
      output.textContent = `The call could not be sent: ${error.message}`;
    }
  });
}

function filled(form, place) {
  const inputs = [...form.querySelectorAll(`input[data-in="${place}"]`)];
  return inputs.filter((input) => input.value !== "").map((input) => [input.name, input.value]);
}

function address(form) {
  let path = form.dataset.path;
  for (const [name, value] of filled(form, "path")) {
    path = path.replace(`{${name}}`, encodeURIComponent(value));
  }
  const query = new URLSearchParams(filled(form, "query")).toString();
  return query ? `${path}?${query}` : path;
}

function request(form) {
  const headers = new Headers(filled(form, "header"));
  const token = document.getElementById("token").value.trim();
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const body = form.querySelector("textarea");
  if (body) headers.set("Content-Type", "application/json");
  const method = form.dataset.method;
  return { method, headers, body: body && unsafe.has(method) ? body.value : undefined, redirect: "error" };
}

async function show(response) {
  const lines = [`${response.status} ${response.statusText}`.trim()];
  for (const name of ["etag", "link", "location", "idempotent-replayed", "x-request-id"]) {
    if (response.headers.has(name)) lines.push(`${name}: ${response.headers.get(name)}`);
  }
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  return [...lines, "", isJson ? JSON.stringify(JSON.parse(text), null, 2) : text].join("\n");
}

"""The OpenAPI document as a page of HTML. Every text from the document is escaped."""

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from markdown_it import MarkdownIt

from tasktracker.api.problems import KINDS, Kind
from tasktracker.api.schema_words import Json, in_words, resolved

_markdown = MarkdownIt("commonmark", {"html": False})


def render(document: Json) -> str:
    """The whole page: contents, operations by tag, problems."""
    info = document["info"]
    tags: dict[str, list[tuple[str, str, Json]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tags.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    sections = "".join(_section(document, tag, operations) for tag, operations in tags.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(info["title"])} API</title>
<link rel="stylesheet" href="/api/docs/reference.css">
<script defer src="/api/docs/reference.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the reference</a>
<nav aria-label="Contents">{_contents(tags)}</nav>
<main id="content">
<h1>{escape(info["title"])} API</h1>
<p class="quiet">Version {escape(info["version"])} · <a href="/api/v1/openapi.json">OpenAPI document</a></p>
{_markdown.render(info["description"])}
<p class="token"><label>Token for the calls below <input id="token" type="password" autocomplete="off"
placeholder="tt_…"></label> <span class="quiet">Without one, they are made with your session in this browser.</span></p>
{sections}
<section><h2 id="problems">Problems</h2>{"".join(map(_problem, KINDS.values()))}</section>
</main>
</body>
</html>
"""


def _contents(tags: Mapping[str, list[tuple[str, str, Json]]]) -> str:
    parts = []
    for tag, operations in tags.items():
        links = "".join(
            f'<li><a href="#{operation["operationId"]}">{escape(operation["summary"])}</a></li>'
            for _, _, operation in operations
        )
        parts.append(f"<h2>{escape(tag)}</h2><ul>{links}</ul>")
    return "".join(parts) + '<h2><a href="#problems">Problems</a></h2>'


def _section(document: Json, tag: str, operations: Iterable[tuple[str, str, Json]]) -> str:
    return f"<section><h2>{escape(tag)}</h2>{''.join(_operation(document, *each) for each in operations)}</section>"


def _operation(document: Json, method: str, path: str, operation: Json) -> str:
    parameters = [resolved(document, each) for each in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = "" if content is None else _body(document, content)
    return f"""<article id="{operation["operationId"]}">
<h3>{escape(operation["summary"])}</h3>
<p class="address"><span class="method {method.lower()}">{method}</span> <code>{escape(path)}</code></p>
{_markdown.render(operation.get("description", ""))}
{_parameters(parameters)}{body}{_answers(document, operation["responses"])}
{_form(method, path, parameters, content)}
</article>
"""


def _parameters(parameters: list[Json]) -> str:
    rows = [
        (each["name"], each["in"], in_words(each["schema"]), each.get("required", False), each.get("description", ""))
        for each in parameters
    ]
    return _table("Parameters", rows)


def _body(document: Json, content: Json) -> str:
    schema = resolved(document, content["schema"])
    required = schema.get("required", [])
    rows = [
        (name, "body", in_words(field), name in required, field.get("description", ""))
        for name, field in schema["properties"].items()
    ]
    return _table("Body", rows) + _code(next(iter(content["examples"].values()))["value"])


def _answers(document: Json, responses: Json) -> str:
    parts = []
    for status, answer in responses.items():
        response = resolved(document, answer)
        content = response.get("content", {})
        if "application/json" in content:
            parts.append(f"<h4>{status}</h4>{_code(content['application/json']['example'])}")
        elif "application/problem+json" in content:
            slugs = content["application/problem+json"]["examples"]
            links = ", ".join(f'<a href="#{slug}">{slug}</a>' for slug in slugs)
            parts.append(f"<p>{status}: {links}</p>")
        else:
            parts.append(f"<p>{status}: {escape(response['description'])}</p>")
    return f"<details><summary>Answers</summary>{''.join(parts)}</details>"


def _form(method: str, path: str, parameters: list[Json], content: Json | None) -> str:
    fields = "".join(
        f'<label>{escape(each["name"])} <input name="{escape(each["name"])}" data-in="{each["in"]}"'
        f"{' required' if each.get('required') else ''}></label>"
        for each in parameters
    )
    if content is not None:
        example = json.dumps(next(iter(content["examples"].values()))["value"], indent=2)
        fields += f"<label>Body <textarea rows=8>{escape(example)}</textarea></label>"
    return (
        f'<details><summary>Try it</summary><form data-method="{method}" data-path="{escape(path)}">{fields}'
        '<button>Send</button><output aria-live="polite"></output></form></details>'
    )


def _problem(kind: Kind) -> str:
    return (
        f'<article id="{kind.slug}"><h3>{escape(kind.title)}</h3>'
        f"<p>{kind.status} · <code>{kind.type}</code></p><p>{escape(kind.detail)}</p></article>"
    )


def _table(title: str, rows: list[tuple[str, str, str, bool, str]]) -> str:
    if not rows:
        return ""
    cells = "".join(
        f"<tr><th scope=row><code>{escape(name)}</code></th><td>{place}</td><td>{escape(kind)}</td>"
        f"<td>{'needed' if needed else ''}</td><td>{_markdown.renderInline(text)}</td></tr>"
        for name, place, kind, needed, text in rows
    )
    return f"<table><caption>{title}</caption><tbody>{cells}</tbody></table>"


def _code(value: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</code></pre>'

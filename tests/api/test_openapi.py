"""The OpenAPI document says what the API does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from fastapi.routing import APIRoute
from httpx import AsyncClient
from pydantic import TypeAdapter

from tasktracker.api.files import FileRoute
from tasktracker.api.openapi import document
from tasktracker.api.problems import INVALID, KINDS, REFUSALS, ProblemDocument, kind_of
from tasktracker.api.routing import UNSAFE, PublicRoute, SecretRoute
from tasktracker.api.uploads import MEDIA_TYPE as FORM
from tasktracker.api.uploads import UploadRoute
from tasktracker.api.v1 import ROUTERS
from tasktracker.domain.errors import FilterProblem, Invalid, Refusal

ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
OPERATIONS = [(route, method) for route in ROUTES for method in sorted(route.methods or ())]
NAMES = [f"{method} {route.path_format}" for route, method in OPERATIONS]


def _operation(route: APIRoute, method: str) -> dict[str, Any]:
    found: dict[str, Any] = document()["paths"][route.path_format][method.lower()]
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


@pytest.mark.thorough
async def test_the_document_is_served_as_openapi_3_1(nobody: AsyncClient) -> None:
    answer = await nobody.get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1.")
    OpenAPI.model_validate(answer.json())


def test_every_reference_leads_somewhere() -> None:
    for reference in set(_references(document())):
        found: Any = document()
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [_operation(route, method)["operationId"] for route, method in OPERATIONS]
    assert len(names) == len(set(names)) > 40


@pytest.mark.parametrize(("route", "method"), OPERATIONS, ids=NAMES)
def test_an_operation_is_described(route: APIRoute, method: str) -> None:
    operation = _operation(route, method)
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    in_path = {each["name"] for each in operation.get("parameters", []) if each.get("in") == "path"}
    assert in_path == set(route.param_convertors)


@pytest.mark.parametrize(("route", "method"), OPERATIONS, ids=NAMES)
def test_its_examples_are_what_it_takes_and_answers(route: APIRoute, method: str) -> None:
    operation = _operation(route, method)
    if route.body_field is not None:
        examples = operation["requestBody"]["content"]["application/json"]["examples"].values()
        assert examples
        body: TypeAdapter[Any] = TypeAdapter(route.body_field.field_info.annotation or Any)
        for example in examples:
            body.validate_python(example["value"])
    status = str(route.status_code or 200)
    if isinstance(route, FileRoute):
        (schema,) = (each["schema"] for each in operation["responses"][status]["content"].values())
        assert schema == {"type": "string", "format": "binary"}
    elif status != "204":
        model = route.response_model or route.responses[200]["model"]
        example = operation["responses"][status]["content"]["application/json"]["example"]
        assert TypeAdapter(model).dump_python(TypeAdapter(model).validate_python(example), mode="json") == example


@pytest.mark.parametrize(("route", "method"), OPERATIONS, ids=NAMES)
def test_every_body_is_shown_by_example(route: APIRoute, method: str) -> None:
    contents: dict[str, Any] = _operation(route, method).get("requestBody", {}).get("content", {})
    assert [media_type for media_type, content in contents.items() if not content.get("examples")] == (
        [FORM] if isinstance(route, UploadRoute) else []
    )


@pytest.mark.parametrize(("route", "method"), OPERATIONS, ids=NAMES)
def test_it_says_what_it_may_refuse(route: APIRoute, method: str) -> None:
    operation = _operation(route, method)
    statuses = set(operation["responses"])
    assert "503" in statuses
    if type(route) is not PublicRoute:
        assert "401" in statuses
        assert operation["security"]
    if "{key}" in route.path_format or "{ref}" in route.path_format:
        assert "404" in statuses
    assert "422" in statuses
    if method in UNSAFE:
        assert "403" in statuses
    if route.body_field is not None or isinstance(route, UploadRoute):
        assert {"400", "413", "415"} <= statuses
    takes_version = any(each.get("name") == "If-Match" for each in operation.get("parameters", []))
    assert ("428" in statuses) == takes_version
    named = [each.get("$ref", "") for each in operation.get("parameters", [])]
    takes_key = method in UNSAFE and not isinstance(route, SecretRoute) and type(route) is not PublicRoute
    assert ("#/components/parameters/IdempotencyKey" in named) == takes_key


def test_no_parameter_may_be_null() -> None:
    parameters = [
        parameter
        for route, method in OPERATIONS
        for parameter in _operation(route, method).get("parameters", [])
        if {"type": "null"} in parameter.get("schema", {}).get("anyOf", [])
    ]
    assert parameters == []


@pytest.mark.parametrize(
    ("schema", "field", "said"),
    [
        ("NewProject", "key", {"pattern": "^[A-Z][A-Z0-9]{1,9}$"}),
        ("NewProject", "name", {"minLength": 1, "maxLength": 100}),
        ("NewProject", "description", {"maxLength": 10_000}),
        ("NewProject", "color", {"pattern": "^#[0-9A-Fa-f]{6}$"}),
        ("NewColumn", "wip_limit", {"minimum": 1, "maximum": 10_000}),
        ("NewTask", "title", {"minLength": 1, "maxLength": 300}),
        ("NewTask", "label_ids", {"maxItems": 50}),
        ("TaskEdit", "estimate", {"minimum": 0, "maximum": 100_000}),
        ("NewComment", "body", {"minLength": 1, "maxLength": 100_000}),
        ("NewToken", "days", {"minimum": 1, "maximum": 3650}),
        ("SetUp", "password", {"minLength": 10, "maxLength": 200}),
    ],
)
def test_the_limits_of_a_field_are_said(schema: str, field: str, said: dict[str, Any]) -> None:
    assert said.items() <= document()["components"]["schemas"][schema]["properties"][field].items()


@pytest.mark.parametrize(("path", "has_board"), [("/api/v1/projects/{key}/tasks", True), ("/api/v1/tasks", False)])
def test_tasks_of_one_project_alone_are_sorted_as_on_its_board(path: str, *, has_board: bool) -> None:
    [sort] = [each for each in document()["paths"][path]["get"]["parameters"] if each["name"] == "sort"]
    assert {"due", "-due"} <= set(sort["schema"]["enum"])
    assert ("position" in sort["schema"]["enum"]) == has_board


def test_a_task_needs_a_title_or_a_template() -> None:
    assert document()["components"]["schemas"]["NewTask"]["anyOf"] == [
        {"required": ["title"]},
        {"required": ["template"]},
    ]


def test_a_task_is_due_on_a_day_or_at_a_moment_or_never() -> None:
    said = document()["components"]["schemas"]["NewTask"]["properties"]["due"]["anyOf"]
    assert [each.get("format", each["type"]) for each in said] == ["date", "date-time", "null"]


@pytest.mark.parametrize(("tag", "fits"), [('"7"', True), ('W/"12"', True), ("*", True), ("7", False), ('"0"', False)])
def test_the_document_says_what_a_version_looks_like(tag: str, *, fits: bool) -> None:
    parameters = document()["paths"]["/api/v1/tasks/{ref}"]["patch"]["parameters"]
    [pattern] = [each["schema"]["pattern"] for each in parameters if each.get("name") == "If-Match"]
    assert bool(re.search(pattern, tag)) == fits


def test_every_kind_of_problem_has_an_example() -> None:
    shown = {
        slug: example["value"]
        for response in document()["components"]["responses"].values()
        for slug, example in response["content"]["application/problem+json"]["examples"].items()
    }
    assert set(shown) == set(KINDS)
    for example in shown.values():
        TypeAdapter(ProblemDocument).validate_python(example)


def test_what_asks_for_a_version_says_how_to_send_it() -> None:
    refusal = document()["components"]["responses"]["version-needed"]
    example = refusal["content"]["application/problem+json"]["examples"]["version-needed"]["value"]
    assert (example["type"], example["status"]) == ("/problems/version-needed", 428)
    assert "If-Match" in example["detail"]


def test_every_refusal_of_the_domain_has_a_kind() -> None:
    assert set(Refusal.__subclasses__()) == set(REFUSALS)


def test_a_filter_that_cannot_be_read_is_answered_like_any_invalid_request() -> None:
    assert kind_of(FilterProblem("Write less.", 0, 1)) == kind_of(Invalid([])) == INVALID


async def test_problems_are_what_the_document_says(owner: AsyncClient) -> None:
    refused = await owner.post("/api/v1/projects", json={"name": 5})
    assert set(TypeAdapter(ProblemDocument).validate_python(refused.json())) == {
        "type", "title", "status", "detail", "instance", "errors",
    }  # fmt: skip

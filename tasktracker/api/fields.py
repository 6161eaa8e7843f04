"""Sparse answers: with `fields=title,due` an answer holds these fields and no others."""

import dataclasses
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Request, Response
from fastapi.params import Depends as Dependency

from tasktracker.domain.errors import Invalid

PARAMETER = "fields"
EXPANDED = "expanded"
"""What came along with a task because it was asked for: it is never left out."""
_LISTS = (PARAMETER, "expand")


def sparse(view: type[Any]) -> Dependency:
    """For `dependencies=[…]` of an endpoint that answers this dataclass, or a list of it: it takes `fields`.

    The endpoint answers the whole as ever, headers too; `routing.Route` leaves out what was not asked for.
    """
    names = [each.name for each in dataclasses.fields(view)]

    async def choose(
        request: Request,
        fields: Annotated[
            str | None,
            Query(
                description="Only these fields, separated by commas; all of them unless told.",
                json_schema_extra={"enum": names},
            ),
        ] = None,
    ) -> None:
        if fields is not None:
            request.state.fields = _chosen(fields, names)

    dependency: Dependency = Depends(choose)
    return dependency


def narrowed(request: Request, answer: Response) -> Response:
    """The answer with the fields that were asked for, if any were."""
    chosen: set[str] | None = getattr(request.state, PARAMETER, None)
    if chosen is None:
        return answer
    whole = orjson.loads(answer.body)
    part = [_part(each, chosen) for each in whole] if isinstance(whole, list) else _part(whole, chosen)
    answer.body = orjson.dumps(part)
    answer.headers["Content-Length"] = str(len(answer.body))
    return answer


def describe_fields(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say in the OpenAPI document what is a list of names, and that an answer may be a part of the whole."""
    for parameter in operation.get("parameters", []):
        if parameter.get("name") in _LISTS:
            names = parameter["schema"]["enum"]
            parameter["schema"] = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1}
            parameter |= {"style": "form", "explode": False, "example": names[:2]}
        if parameter.get("name") == PARAMETER:
            _allow_part(operation["responses"]["200"]["content"]["application/json"], schemas)


def _chosen(fields: str, names: list[str]) -> set[str]:
    chosen = [each.strip() for each in fields.split(",")]
    if unknown := [each for each in chosen if each not in names]:
        detail = f"There is no field “{unknown[0][:40]}” here. Choose from: {', '.join(names)}."
        raise Invalid.at(f"/query/{PARAMETER}", detail)
    return set(chosen)


def _part(whole: dict[str, Any], chosen: set[str]) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name in chosen or name == EXPANDED}


def _allow_part(content: dict[str, Any], schemas: dict[str, Any]) -> None:
    place, key = (content["schema"], "items") if content["schema"].get("type") == "array" else (content, "schema")
    wholes = place[key].get("anyOf", [place[key]])
    names = [each["$ref"].rpartition("/")[2] for each in wholes]
    name = names[-1]
    schemas[f"PartOf{name}"] = {
        "type": "object",
        "title": f"PartOf{name}",
        "description": f"The fields of {name} that were asked for.",
        "properties": {field: schema for each in names for field, schema in schemas[each]["properties"].items()},
        "additionalProperties": False,
        "minProperties": 1,
    }
    place[key] = {"anyOf": [*wholes, {"$ref": f"#/components/schemas/PartOf{name}"}]}

"""What Schemathesis cannot know of this API, each with its reason."""

import json
import os
import re
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, Response
from schemathesis.core import NotSet
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.hooks import HookContext
from schemathesis.openapi.checks import RejectedPositiveData

NAMES: dict[str, str] = json.loads(os.environ["CONTRACT_NAMES"])
"""The ids that the document's examples name, and what they name here."""
SPARES: dict[str, str] = json.loads(os.environ["CONTRACT_SPARES"])
"""What is deleted in place of what other calls are about."""
ANSWERED = Path("answered")
"""Where to write down which calls were."""
BAD_REQUEST = 400
LONGEST_WAIT = 25
LONGEST_KEY = 255

_answered: set[str] = set()

BEYOND_SCHEMAS = [
    (r".*", r"Remove the control character .*", "a pattern for it in every text would bury the document"),
    (r".*", r"This must not be empty\.", "white space alone is no text"),
    (r"/query/cursor", r".*", "a cursor is what an earlier answer gave"),
    (r".*", r"Choose a day between .*", "a format knows no first and last year"),
    (r"/query/(first|last)", r".*", "how many days a report tells of, and which of two comes first, is said in words"),
    (r"/query/expand", r"Nothing comes along .*", "one parameter may stand in the way of another"),
    (r"/version|/headers/If-Match", r".*", "a version is one that the task has had, and one of it is enough"),
    (r"/column_id|/after|/(assignee|label)_ids/\d+", r".*", "an id is one of this project's"),
    (r"/current_password", r"This is not your password\.", "a password is what one person knows"),
    (r"/up_to", r".*", "a notification is one of yours"),
    (r"/parent", r".*", "a parent is a task of this project, and no task is below itself"),
    (r"/custom/.*", r".*", "custom fields are the project's own"),
    (r"/title", r"A task needs a title\.", "a template may have one"),
    (r"/template", r".*", "a template is one of this project's"),
    (r"/query/(column(/\d+)?|date_format)", r".*", "how a file has to be read, only reading it tells"),
    (r"/(content|mapping|date_format)(/.*)?", r".*", "as above, and what a file holds"),
    (r"/(columns|labels|custom_fields|templates|project)(/.*)?", r".*", "as above, of a file as the body"),
    (r"", r"There is nothing .*|The (file|record) .*|This is no .*", "as above, of a file that cannot be read"),
    (r"/(query|condition)", r".*", "a filter is a language of its own, and names what the project has"),
    (r"/body", r"Write at least one line\.|“.*”: .*|At most .*", "which lines become tasks is said in words"),
    (r"/recurrence(/.*)?", r".*", "what a rule of recurrence may say, RFC 5545 tells in words"),
    (r"/(operations|actions|events|layout)/.*", r".*", "what goes with what is said in words; a union would hide it"),
    (r"/path/other", r".*", "no task is related to itself"),
    (r"/project", r".*", "a task goes to another project than its own"),
    (r"/time_zone", r".*", "which time zones there are, their database says"),
    (r"/until|/at|/minutes_before", r"That moment has passed.*", "a format knows no time of day"),
    (r"/at", r"Give either .*", "a reminder has one of two"),
    (r"/rename/.*", r".*", "an option to rename is one that the field has"),
    (r"/options/\d+", r".* is in the list already\.", "what differs in its capitals only is the same"),
    (r"/options", r"Only select .*|Give the options .*", "which kinds have options is said in words"),
    (r"/path/emoji", r".*", "what an emoji is, Unicode says"),
]
"""Why a request that fits the document may be refused (422): pointers, sentences, and what no schema can say."""


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Put in what only this server knows."""
    headers: Any = case.headers
    query, path = case.query or {}, case.path_parameters or {}
    if 0 < (length := len(headers.get("Idempotency-Key", ""))) <= LONGEST_KEY:
        headers["Idempotency-Key"] = case.id.ljust(length, "-")  # a key is good for one call
    if headers.get("If-Match") == "0" and not _is_about(case, "If-Match"):
        headers["If-Match"] = "*"  # the coverage phase knows no text for a pattern with quotes, and sends 0
    if str(query.get("wait")) in map(str, range(2, LONGEST_WAIT + 1)):
        query["wait"] = 1  # a few calls that wait longer would be all that there is time for
    if "cursor" in query and case.operation.definition.raw["operationId"] != "list_comments" and not _is_wrong(case):
        del query["cursor"]  # one that goes on with the same filter and order would have to be asked for
    path.update(_renamed(path))  # the owner's id too: whoever asks has to stay who they are
    if case.method == "DELETE":
        *_, last = re.findall(r"{(\w+)}", case.path) or [""]
        path.update({last: SPARES[path[last]]} if path.get(last) in SPARES else {})
    case.body = _renamed(case.body)


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """Whether it is one."""
    if isinstance(failure, RejectedPositiveData) and response.status_code == 422:
        return not all(map(_is_beyond_schemas, response.json()["errors"]))
    if not isinstance(failure, AcceptedNegativeData):
        return True
    # A server passes over header fields that it does not know (RFC 9110, section 5.1); and any bytes are a file.
    is_of_headers = "in header - object with unexpected properties" in failure.message
    # Schemathesis takes it for wrong that a body is left out which may be.
    is_optional = not case.operation.definition.raw.get("requestBody", {}).get("required")
    is_left_out = is_optional and isinstance(case.body, NotSet)
    return not is_of_headers and not is_left_out and case.media_type != "multipart/form-data"


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Note which calls have ever been answered with what they are there for."""
    name = case.operation.definition.raw["operationId"]
    if response.status_code < BAD_REQUEST and name not in _answered:
        _answered.add(name)
        with ANSWERED.open("a", encoding="utf-8") as names:
            names.write(f"{name}\n")


def _is_wrong(case: Case[Any]) -> bool:
    """Whether something in the query of the case is wrong on purpose."""
    query = case.meta.components.get(ParameterLocation.QUERY) if case.meta else None
    return query is not None and query.mode.is_negative


def _is_about(case: Case[Any], parameter: str) -> bool:
    """Whether the case is there to try this parameter."""
    return case.meta is not None and getattr(case.meta.phase.data, "parameter", None) == parameter


def _renamed(value: Any) -> Any:
    """The value with the examples' ids replaced by real ones."""
    if isinstance(value, dict):
        return {name: _renamed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    return NAMES.get(value, value) if isinstance(value, str) else value


def _is_beyond_schemas(error: dict[str, str]) -> bool:
    return any(
        re.fullmatch(pointer, error["pointer"], re.DOTALL) and re.fullmatch(detail, error["detail"], re.DOTALL)
        for pointer, detail, _ in BEYOND_SCHEMAS
    )

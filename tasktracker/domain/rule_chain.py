"""Which rules led to an event: written in its request id, so that rules do not answer each other for ever.

`rule:8d7e6f5a4b.1c2d3e4f50` is the answer of the second rule to what the first one did. Nobody else can write that: the
id of a request from outside holds no colon.
"""

from uuid import UUID

DEEPEST = 5
"""Rules that may answer each other, one after the other."""

_PREFIX = "rule:"


def may_answer(rule_id: UUID, request_id: str) -> bool:
    """Whether a rule may answer an event of that request: it is none of those that led to it, and they are not many."""
    chain = _chain(request_id)
    return len(chain) < DEEPEST and name_of(rule_id) not in chain


def answer_to(request_id: str, rule_id: UUID) -> str:
    """The request id of what the rule does in answer."""
    return _PREFIX + ".".join([*_chain(request_id), name_of(rule_id)])


def _chain(request_id: str) -> list[str]:
    return request_id.removeprefix(_PREFIX).split(".") if request_id.startswith(_PREFIX) else []


def name_of(rule_id: UUID) -> str:
    """What a chain calls a rule: the end of its id, which is random. Five of these fit into a request id."""
    return rule_id.hex[-10:]

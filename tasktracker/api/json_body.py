"""Reading a body as JSON, strictly: what two readers could understand differently is refused (RFC 8259, section 4)."""

import json
import math
import re
from collections import Counter
from itertools import accumulate
from typing import Any

from starlette.requests import Request

from tasktracker.api.problems import Explained

EXACT = 2**53
"""From here on a float no longer tells a whole number from the next."""
DEPTH_LIMIT = 32
"""Objects and lists inside each other. No call needs more than a few; every parser has some end of its own."""

# A string that nobody closed reaches to the end, so that no byte is looked at twice.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(set(range(256)) - set(_STEPS))


class Malformed(Explained):
    """The body cannot be read; `detail` says why."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, detail)


class JsonRequest(Request):
    """A request whose body is read strictly, once."""

    async def json(self) -> Any:
        """The body as JSON. Raises Malformed."""
        if not hasattr(self, "_read"):
            self._read = read_json(await self.body())
        return self._read


def read_json(body: bytes) -> Any:
    """What the body says. Raises Malformed for anything but plain JSON in UTF-8 with each name once in its object."""
    _refuse_depth(body)
    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is no valid UTF-8: look at byte {error.start}.") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"The body is no valid JSON: {error.msg} at character {error.pos}.") from None
    except ValueError:  # Python's own limit, against numbers that take long to read (CVE-2020-10735)
        raise Malformed("The body holds a number of several thousand digits. Send a shorter one.") from None


def _refuse_depth(body: bytes) -> None:
    """Count brackets outside of strings, before any parser follows them down."""
    if body.count(b"[") + body.count(b"{") <= DEPTH_LIMIT:
        return
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > DEPTH_LIMIT:
        raise Malformed(f"The body holds objects or lists more than {DEPTH_LIMIT} deep. Send it flatter.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise Malformed(f"The body names “{twice[:40]}” twice in one object. Send each field once.")
    return made


def _number(digits: str) -> float:
    """A number that is written with a point or an exponent. `7.0` is the whole number 7, as JSON Schema has it."""
    number = float(digits)
    if math.isinf(number):
        raise Malformed(f"The number {digits[:40]} is too large.")
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _refuse_constant(name: str) -> Any:
    raise Malformed(f"The body is no valid JSON: {name} is no number there.")

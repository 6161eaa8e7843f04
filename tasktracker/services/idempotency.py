"""One effect per Idempotency-Key: the answer is stored in the transaction of the effect.

(draft-ietf-httpapi-idempotency-key-header). A second call with the key waits for the first to end, then gets its
answer; one that fails leaves nothing behind and may be tried again.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.models.database import connection
from tasktracker.services.transaction import Work, unit_of_work

KEPT = timedelta(hours=72)
KEY_LIMIT = 255

_CLAIM = """
    INSERT INTO idempotency_record (account_id, key, fingerprint, created_at) VALUES ($1, $2, $3, now())
    ON CONFLICT (account_id, key) DO NOTHING RETURNING id
"""
_STORED = "SELECT fingerprint, status, headers, body FROM idempotency_record WHERE account_id = $1 AND key = $2"
_STORE = "UPDATE idempotency_record SET status = $2, headers = $3::jsonb, body = $4 WHERE id = $1"
_FORGET = "DELETE FROM idempotency_record WHERE created_at < now() - $1::interval"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it is stored and replayed."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_replay: bool = False


async def answer_once(actor: Actor, key: str, request: bytes, effect: Callable[[], Awaitable[Answer]]) -> Answer:
    """Run `effect` unless this person's key has been used; then the stored answer.

    `request` is whatever makes the call this call (method, path, body). Raises Invalid when the key was used for
    another one.
    """
    if not 1 <= len(key) <= KEY_LIMIT:
        raise Invalid.at("/headers/Idempotency-Key", f"Use a key of 1 to {KEY_LIMIT} characters.")
    fingerprint = hashlib.sha256(request).digest()
    async with unit_of_work() as work:
        claimed = await work.db.execute_query_dict(_CLAIM, [actor.account_id, key, fingerprint])
        if not claimed:
            return await _replay(work, actor, key, fingerprint)
        answer = await effect()
        stored = [claimed[0]["id"], answer.status, orjson.dumps(answer.headers).decode(), answer.body]
        await work.db.execute_query(_STORE, stored)
    return answer


async def forget_old_answers() -> None:
    """Delete the records that are older than promised."""
    await connection().execute_query(_FORGET, [KEPT])


async def _replay(work: Work, actor: Actor, key: str, fingerprint: bytes) -> Answer:
    row = (await work.db.execute_query_dict(_STORED, [actor.account_id, key]))[0]
    if row["fingerprint"] != fingerprint:
        detail = "This key was used for another request. Use a new key for each request."
        raise Invalid.at("/headers/Idempotency-Key", detail)
    return Answer(row["status"], orjson.loads(row["headers"]), row["body"], is_replay=True)

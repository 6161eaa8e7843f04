"""How often somebody may call: counted in this process, told with every answer, refused with 429.

The fields are those of draft-ietf-httpapi-ratelimit-headers-10, which are structured fields (RFC 9651).
"""

import time
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasktracker.api.errors import is_api, refused
from tasktracker.api.problems import answer_headers
from tasktracker.domain.errors import TooOften
from tasktracker.settings import Settings, settings

WINDOW = 60
"""Seconds."""
EMAIL_SHARE = 3
"""How many addresses it takes to keep somebody from signing in: fewer, and one stranger could lock them out."""
KNOWN = 10_000
"""Credentials whose account is remembered; one that was dropped counts once for its address."""


@dataclass(frozen=True, slots=True)
class Policy:
    """So many calls in each window; none is counted when `quota` is 0. `what` is the word for them in a sentence."""

    name: str
    quota: int
    what: str


class Limiter:
    """The counts of one process."""

    def __init__(self, chosen: Settings) -> None:
        attempts = chosen.sign_in_limit_per_minute
        self.calls = Policy("default", chosen.rate_limit_per_minute, "calls")
        self.attempts = Policy("sign-in", attempts, "attempts to sign in")
        self.attempts_by_email = Policy("sign-in", attempts * EMAIL_SHARE, "attempts to sign in")
        self._counter = FixedWindowRateLimiter(MemoryStorage())

    async def count(self, scope: Scope, policy: Policy, *who: str, is_told: bool = True) -> None:
        """Count one call, and tell in the answer's headers how many are left. Raises TooOften."""
        if not policy.quota:
            return
        item = RateLimitItemPerMinute(policy.quota)
        is_within = await self._counter.hit(item, policy.name, *who)
        reset, left = await self._counter.get_window_stats(item, policy.name, *who)
        seconds = min(max(ceil(reset - time.time()), 1), WINDOW)
        if is_told:
            _tell(scope, policy, left, seconds)
        if not is_within:
            raise TooOften(policy.what, policy.name, seconds)


class RateLimit:
    """Counts every call of the API: for the account behind its credential, or else for its address.

    Whose a credential is, is learned from calls that got through. So a made-up one is refused without asking the
    database, and counts for the address that sent it.
    """

    def __init__(self, app: ASGIApp, limiter: Limiter) -> None:
        self.app = app
        self.limiter = limiter
        self._accounts: dict[bytes, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_api(scope):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        credential = _credential(request)

        async def send_and_learn(message: Message) -> None:
            if credential is not None and message["type"] == "http.response.start":
                self._learn(credential, scope, message["status"])
            await send(message)

        request.state.limiter = self.limiter
        try:
            await self.limiter.count(scope, self.limiter.calls, *self._caller(request, credential))
        except TooOften as refusal:
            answer = await refused(request, refusal)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send_and_learn)

    def _caller(self, request: Request, credential: bytes | None) -> tuple[str, str]:
        account = self._accounts.get(credential) if credential is not None else None
        return ("account", account) if account else ("address", address_of(request))

    def _learn(self, credential: bytes, scope: Scope, status: int) -> None:
        if actor := scope["state"].get("actor"):
            self._accounts[credential] = str(actor.account_id)
            if len(self._accounts) > KNOWN:
                del self._accounts[next(iter(self._accounts))]
        elif status == 401:  # noqa: PLR2004  what was good once may be revoked, and in a stranger's hands
            self._accounts.pop(credential, None)


async def count_attempt(request: Request) -> None:
    """Count an attempt to get in: for the address, and for the e-mail address that it names. Raises TooOften."""
    limiter: Limiter | None = getattr(request.state, "limiter", None)
    if limiter is None:
        return
    await limiter.count(request.scope, limiter.attempts, "address", address_of(request))
    body: Any = await request.json() if await request.body() else None
    email = body.get("email") if isinstance(body, dict) else None
    if isinstance(email, str):
        # Not told: it would show strangers that somebody is trying.
        who = _digest(email.strip().lower()).hex()
        await limiter.count(request.scope, limiter.attempts_by_email, "email", who, is_told=False)


def address_of(request: Request) -> str:
    """Where the call comes from, as the server behind its proxies sees it; of IPv6 the network, which one home has."""
    host = request.client.host if request.client else ""
    try:
        address: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        return host[:100]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def _credential(request: Request) -> bytes | None:
    """A digest of what `deps.authenticated` looks at."""
    secret = request.headers.get("authorization") or request.cookies.get(settings().session_cookie)
    return _digest(secret) if secret else None


def _digest(text: str) -> bytes:
    return sha256(text.encode(errors="replace")).digest()


def _tell(scope: Scope, policy: Policy, left: int, seconds: int) -> None:
    headers = answer_headers(scope)
    for name, member in (
        ("RateLimit-Policy", f'"{policy.name}";q={policy.quota};w={WINDOW}'),
        ("RateLimit", f'"{policy.name}";r={left};t={seconds}'),
    ):
        headers[name] = f"{headers[name]}, {member}" if name in headers else member

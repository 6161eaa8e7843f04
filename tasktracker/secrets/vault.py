"""Vault, as the program talks to it: in threads of its own, with time limits, another try, and one kind of trouble.

hvac waits, tries nothing again and renews nothing. All three are done here and in `database_credentials.py`.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import hvac
import requests
from hvac.exceptions import Forbidden, InternalServerError, RateLimitExceeded, VaultDown, VaultError
from requests.adapters import HTTPAdapter

from tasktracker.secrets.errors import Reason, VaultTrouble
from tasktracker.secrets.login import TIMEOUT, Login
from tasktracker.telemetry.metrics import VAULT_CALLS, VAULT_LEASE_SECONDS

T = TypeVar("T")
Ask = Callable[[hvac.Client], T]

FIRST_PAUSE = 0.1
"""Seconds before the second try; each later pause is twice as long, and up to half of it is chance."""
THREADS = 4


class Vault:
    """One a process. Logs in when it is first asked, and again when its token is refused or has ended."""

    def __init__(self, address: str, login: Login, ca_file: Path | None = None) -> None:
        session = requests.Session()
        session.mount("http", HTTPAdapter(pool_maxsize=THREADS))
        session.verify = str(ca_file) if ca_file else True
        # A redirect goes to another node of the same cluster.
        self._client = hvac.Client(address, session=session, timeout=TIMEOUT)
        self._client.token = None  # not what VAULT_TOKEN says, which is a person's
        self._login = login
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="vault")
        self.address = address
        self.logins = 0
        """How often it has logged in: leases of an earlier login end with that one's token."""
        self.token_seconds = 0.0
        """How long the token lives from its last renewal."""
        self.token_ends = 0.0
        """When, by the monotonic clock."""

    def __str__(self) -> str:
        return f"Vault at {self.address}, by {self._login}"

    @property
    def token_left(self) -> float:
        """Seconds."""
        return self.token_ends - time.monotonic()

    def ask(self, ask: Ask[T], *, tries: int = 3) -> T:
        """Have Vault do something. It is for threads: it waits.

        Raises:
            VaultTrouble: after so many tries, or at once if it refuses.
            SecretsUnavailable: what the login needs is not there.
        """
        for attempt in range(1, tries + 1):
            try:
                return self._asked_once(ask)
            except VaultTrouble as trouble:
                if attempt == tries or trouble.reason == "refuses":
                    raise
            time.sleep(FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1))  # noqa: S311  no secret
        raise AssertionError

    async def asked(self, ask: Ask[T], *, tries: int = 3) -> T:
        """As `ask`, beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: self.ask(ask, tries=tries))

    def renew_token(self) -> None:
        """Let the token live on; raises as `ask`. Logs in anew when it cannot."""
        try:
            self.ask(lambda client: self._take(client.auth.token.renew_self()["auth"]), tries=1)
        except VaultTrouble as trouble:
            if trouble.reason != "refuses":
                raise
            self.log_in()

    def log_in(self) -> None:
        """Get a new token; raises as `ask`."""
        self._counted(lambda: self._logged_in(self.logins))

    def close(self) -> None:
        """Give the token back, with all that was lent under it; what Vault does not hear of ends by itself."""
        try:
            if self.token_left > 0:
                self.ask(lambda client: client.auth.token.revoke_self(), tries=1)
        except VaultTrouble:
            pass  # it has been counted
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _asked_once(self, ask: Ask[T]) -> T:
        logins = self.logins
        if self.token_left <= 0:
            self._counted(lambda: self._logged_in(logins))
        try:
            return self._counted(lambda: ask(self._client), is_final=False)
        except Forbidden as refusal:
            # Perhaps the token was taken back, or Vault has lost it.
            if not self._is_refused_token():
                raise _trouble(refusal) from None
        self._counted(lambda: self._logged_in(logins))
        return self._counted(lambda: ask(self._client))

    def _is_refused_token(self) -> bool:
        try:
            self._counted(self._client.auth.token.lookup_self, is_final=False)
        except Forbidden:
            return True
        return False

    def _logged_in(self, seen: int) -> None:
        with self._lock:
            if self.logins != seen:
                return  # another thread was first
            auth = self._login(self._client)
            self._client.token = auth["client_token"]
            self._take(auth)
            self.logins += 1

    def _take(self, auth: dict[str, Any]) -> None:
        self.token_seconds = float(auth["lease_duration"])
        self.token_ends = time.monotonic() + self.token_seconds
        VAULT_LEASE_SECONDS.labels("token").set_function(lambda: self.token_left)

    def _counted(self, work: Callable[[], T], *, is_final: bool = True) -> T:
        """Do it, and turn whatever goes wrong into trouble; a Forbidden passes when it is not the final word."""
        try:
            done = work()
        except Forbidden as refusal:
            VAULT_CALLS.labels("refuses").inc()
            if not is_final:
                raise
            raise _trouble(refusal) from None
        except (VaultError, requests.RequestException) as error:
            trouble = _trouble(error)
            VAULT_CALLS.labels(trouble.reason).inc()
            raise trouble from None
        VAULT_CALLS.labels("ok").inc()
        return done


def _trouble(error: Exception) -> VaultTrouble:
    reason = _reason(error)
    if isinstance(error, VaultError):
        said = "; ".join(map(str, error.errors or [])) or type(error).__name__
    elif isinstance(error, requests.exceptions.SSLError):
        said = "its certificate is not one that TASKTRACKER_VAULT_CA_FILE, or this machine, knows"
    else:
        said = type(error).__name__
    words = {
        "gone": "Vault does not answer",
        "slow": "Vault does not answer in time",
        "sealed": "Vault is sealed",
        "refuses": "Vault refuses",
        "failing": "Vault fails",
    }
    return VaultTrouble(reason, f"{words[reason]} ({said})")


def _reason(error: Exception) -> Reason:
    if isinstance(error, requests.Timeout):
        return "slow"
    if isinstance(error, requests.RequestException):
        return "gone"
    if isinstance(error, VaultDown):
        return "sealed"
    if isinstance(error, InternalServerError | RateLimitExceeded) or "UnexpectedError" in type(error).__name__:
        return "failing"
    return "refuses"

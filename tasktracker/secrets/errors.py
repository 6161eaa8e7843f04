"""What keeps secrets from being had."""

from typing import Literal

Reason = Literal["gone", "slow", "sealed", "refuses", "failing"]


class SecretsUnavailable(Exception):
    """The program cannot start without these. The text says what is missing, why, and what to do."""


class VaultTrouble(ConnectionError):
    """Vault did not do what it was asked. A connection's error, so whoever asks is told to come back later.

    `reason`: it does not answer (`gone`), not in time (`slow`), it is `sealed`, it `refuses` (a login, a right, a
    path), or it is `failing` (its own fault, or too many calls).
    """

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason: Reason = reason


class SealBroken(ValueError):
    """What was to be opened is not what was sealed, was sealed for something else, or by a key that is not here."""

"""Who a task on AWS is, said in a way that Vault can have checked.

The task signs a question to STS, "who am I?", and does not send it: Vault does, and believes STS. The signature is
Signature Version 4 (AWS General Reference, "Create a signed AWS API request"). STS is asked in the task's own region,
so that a fault of another region keeps nobody out.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

import requests

BODY = "Action=GetCallerIdentity&Version=2011-06-15"
SERVER_ID = "X-Vault-AWS-IAM-Server-ID"
_METADATA = "http://169.254.170.2"
"""Where a task's own credentials are (Amazon ECS Developer Guide, "Task IAM role")."""
_TIMEOUT = 5.0
"""Seconds."""


class NoIdentity(Exception):
    """AWS gives this process no credentials. The text says where they were looked for."""


@dataclass(frozen=True)
class AwsIdentity:
    """Credentials of a role, which live for some hours."""

    access_key: str
    secret_key: str
    session_token: str | None = None

    @classmethod
    def of_this_task(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """As AWS's own programs find them, by AWS's own variables. Raises NoIdentity."""
        if key := environment.get("AWS_ACCESS_KEY_ID"):
            return cls(key, environment.get("AWS_SECRET_ACCESS_KEY", ""), environment.get("AWS_SESSION_TOKEN"))
        relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        address = f"{_METADATA}{relative}" if relative else environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        if not address:
            raise NoIdentity("neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_ACCESS_KEY_ID is set: "
                             "does the task have a role?")  # fmt: skip
        token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        return cls._fetched(address, {"Authorization": token} if token else {})

    @classmethod
    def _fetched(cls, address: str, headers: dict[str, str]) -> Self:
        try:
            answer = requests.get(address, headers=headers, timeout=_TIMEOUT)
            answer.raise_for_status()
            found = answer.json()
            return cls(found["AccessKeyId"], found["SecretAccessKey"], found.get("Token"))
        except (requests.RequestException, KeyError) as error:
            raise NoIdentity(f"the task's credentials could not be read from {address}: {error}") from None


def signed_question(
    identity: AwsIdentity, region: str, server_id: str, *, at: datetime | None = None
) -> dict[str, str]:
    """What Vault's AWS login wants: the signed call of GetCallerIdentity, in pieces.

    `server_id` is signed along, so that what is sent to one Vault is worth nothing at another.
    """
    host = f"sts.{region}.amazonaws.com"
    moment = (at or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Host": host, "X-Amz-Date": moment}
    if server_id:
        headers[SERVER_ID] = server_id
    if identity.session_token:
        headers["X-Amz-Security-Token"] = identity.session_token
    headers["Authorization"] = _authorization(identity, region, moment, headers)
    return {
        "iam_http_request_method": "POST",
        "iam_request_url": _encoded(f"https://{host}/"),
        "iam_request_body": _encoded(BODY),
        "iam_request_headers": _encoded(json.dumps(headers)),
    }


def _authorization(identity: AwsIdentity, region: str, moment: str, headers: dict[str, str]) -> str:
    lower = {name.lower(): value for name, value in headers.items()}
    names = ";".join(sorted(lower))
    listed = "".join(f"{name}:{lower[name]}\n" for name in sorted(lower))
    request = "\n".join(("POST", "/", "", listed, names, _digest(BODY)))
    scope = f"{moment[:8]}/{region}/sts/aws4_request"
    key = f"AWS4{identity.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{_digest(request)}"
    signature = hmac.new(key, to_sign.encode(), "sha256").hexdigest()
    return f"AWS4-HMAC-SHA256 Credential={identity.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()

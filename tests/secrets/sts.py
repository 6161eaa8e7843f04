"""STS, as far as Vault needs it: says who signed a question, by signing it again with Amazon's own library."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tasktracker.secrets.aws import SERVER_ID


def asker(question: Mapping[str, str], keys: Mapping[str, str], region: str, server_id: str) -> str:
    """The access key of whoever signed it. Raises PermissionError with what is wrong.

    `keys` are the secret keys by access key; `server_id` is what Vault is configured to want.
    """
    headers: dict[str, str] = json.loads(base64.b64decode(question["iam_request_headers"]))
    url, body = (base64.b64decode(question[f"iam_request_{part}"]).decode() for part in ("url", "body"))
    host = f"sts.{region}.amazonaws.com"
    if url != f"https://{host}/" or headers["Host"] != host:
        raise PermissionError(f"another host than {host}")
    authorization = dict(part.split("=", 1) for part in headers["Authorization"].partition(" ")[2].split(", "))
    signed = authorization["SignedHeaders"].split(";")
    if server_id and (headers.get(SERVER_ID) != server_id or SERVER_ID.lower() not in signed):
        raise PermissionError("another server id, or an unsigned one")
    moment = headers["X-Amz-Date"]
    if datetime.now(UTC) - datetime.strptime(moment, "%Y%m%dT%H%M%S%z") > timedelta(minutes=15):
        raise PermissionError("too old")
    access_key = authorization["Credential"].partition("/")[0]
    sent = {name: value for name, value in headers.items() if name.lower() in signed}
    request = AWSRequest(question["iam_http_request_method"], url, headers=sent, data=body)
    request.context["timestamp"] = moment
    signer = SigV4Auth(Credentials(access_key, keys.get(access_key, "")), "sts", region)
    expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    if expected != authorization["Signature"]:
        raise PermissionError("the signature is another one")
    return access_key

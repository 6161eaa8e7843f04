"""What a task on AWS signs: as AWS's own library would, for the STS of its own region."""

import base64
import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tasktracker.secrets.aws import SERVER_ID, AwsIdentity, NoIdentity, signed_question
from tests.secrets.sts import asker

ME = AwsIdentity("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a session/token+of=mine")
KEYS = {ME.access_key: ME.secret_key}


@pytest.mark.parametrize("identity", [ME, AwsIdentity(ME.access_key, ME.secret_key)], ids=["of a task", "of a user"])
@pytest.mark.parametrize("server_id", ["vault.example.com", ""])
def test_the_signature_is_the_one_that_amazons_library_makes(identity: AwsIdentity, server_id: str) -> None:
    question = signed_question(identity, "eu-central-1", server_id)
    assert asker(question, KEYS, "eu-central-1", server_id) == ME.access_key


def test_the_question_goes_to_the_tasks_own_region() -> None:
    question = signed_question(ME, "ap-southeast-2", "")
    assert base64.b64decode(question["iam_request_url"]) == b"https://sts.ap-southeast-2.amazonaws.com/"
    with pytest.raises(PermissionError, match="host"):
        asker(question, KEYS, "eu-central-1", "")


def test_nothing_else_passes() -> None:
    question = signed_question(ME, "eu-central-1", "vault.example.com")
    with pytest.raises(PermissionError, match="signature"):
        asker(question, {ME.access_key: "another key"}, "eu-central-1", "vault.example.com")
    with pytest.raises(PermissionError, match="server id"):
        asker(question, KEYS, "eu-central-1", "another-vault.example.com")
    headers = json.loads(base64.b64decode(question["iam_request_headers"])) | {SERVER_ID: "another-vault.example.com"}
    forged = question | {"iam_request_headers": base64.b64encode(json.dumps(headers).encode()).decode()}
    with pytest.raises(PermissionError, match="signature"):
        asker(forged, KEYS, "eu-central-1", "another-vault.example.com")
    old = signed_question(ME, "eu-central-1", "vault.example.com", at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(PermissionError, match="too old"):
        asker(old, KEYS, "eu-central-1", "vault.example.com")


class _Metadata(BaseHTTPRequestHandler):
    """Where a container finds its role's credentials."""

    def do_GET(self) -> None:
        right = self.path == "/v2/credentials/mine" and self.headers["Authorization"] == "let me in"
        self.send_response(200 if right else 403)
        self.end_headers()
        found = {"AccessKeyId": ME.access_key, "SecretAccessKey": ME.secret_key, "Token": ME.session_token}
        self.wfile.write(json.dumps(found).encode() if right else b"")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def test_a_task_finds_its_identity_where_its_container_is_told_to_look() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Metadata)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v2/credentials/"
    told = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{address}mine", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "let me in"}
    try:
        assert AwsIdentity.of_this_task(told) == ME
        with pytest.raises(NoIdentity, match="403"):
            AwsIdentity.of_this_task(told | {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{address}others"})
    finally:
        server.shutdown()
        server.server_close()
    with pytest.raises(NoIdentity, match="does the task have a role"):
        AwsIdentity.of_this_task({})

"""Vault's login by AWS IAM, which OpenBao lacks: an HTTP server that verifies the signature, and hands the rest on.

It checks as Vault does (who signed, for which STS, for which Vault), and then gives a real token of the real server.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests

from tests.secrets.sts import asker
from tests.vault.bao import OpenBao

REGION = "eu-central-1"
SERVER_ID = "vault.example.com"


class _VaultWithAws(ThreadingHTTPServer):
    def __init__(self, bao: OpenBao, keys: Mapping[str, str], roles: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bao = bao
        self._keys = keys
        self._roles = roles

    def log_in(self, question: Mapping[str, str]) -> tuple[int, object]:
        try:
            access_key = asker(question, self._keys, REGION, SERVER_ID)
        except PermissionError as refusal:
            return 403, {"errors": [str(refusal)]}
        if self._roles.get(access_key) != question["role"]:
            return 403, {"errors": ["this IAM role may not be that"]}
        return 200, self.bao.client.auth.token.create(policies=[question["role"]], no_default_policy=True, period="1h")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _VaultWithAws

    def do_GET(self) -> None:
        self._hand_on()

    def do_PUT(self) -> None:
        self._hand_on()

    def do_POST(self) -> None:
        if self.path != "/v1/auth/aws/login":
            self._hand_on()
            return
        status, said = self.server.log_in(json.loads(self._body()))
        self._answer(status, json.dumps(said).encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _hand_on(self) -> None:
        headers = {"X-Vault-Token": self.headers.get("X-Vault-Token", "")}
        address = f"{self.server.bao.address}{self.path}"
        answer = requests.request(self.command, address, data=self._body(), headers=headers, timeout=30)
        self._answer(answer.status_code, answer.content)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def vault_with_aws(bao: OpenBao, keys: Mapping[str, str], roles: Mapping[str, str]) -> Iterator[str]:
    """The address of such a server. `keys` are secret keys by access key, `roles` Vault's roles by access key."""
    server = _VaultWithAws(bao, keys, roles)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

"""An S3 server that fails at what a test wants it to fail at; everything else is passed on to one that works."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

_OF_ONE_LINE = {"connection", "content-length", "host", "transfer-encoding"}


@contextmanager
def faulty_s3(endpoint: str, failing: str) -> Iterator[str]:
    """Its address. It answers 500 when `failing` is found in “METHOD /path?query”."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.endpoint, server.failing = endpoint, failing
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    endpoint: str
    failing: str


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def __getattr__(self, name: str) -> object:
        """Every method is answered alike."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if re.search(self.server.failing, f"{self.command} {self.path}"):
            self._send(httpx.Response(500))
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_LINE}
        self._send(httpx.request(self.command, self.server.endpoint + self.path, headers=headers, content=body))

    def _send(self, answer: httpx.Response) -> None:
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in _OF_ONE_LINE:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

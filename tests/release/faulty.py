"""A release that gets ready and fails now and then: `python -m tests.release.faulty serve …`, as tasktracker.

Of the calls of its API every fiftieth is answered with 500.
"""

import itertools
import sys

from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tasktracker import api
from tasktracker.cli import run

EVERY = 50
install = api.install


class Faulty:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._count = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_call = scope["type"] == "http" and scope["path"].startswith("/api/")
        fails = is_call and next(self._count) % EVERY == 0
        await (PlainTextResponse("broken", 500) if fails else self.app)(scope, receive, send)


def install_with_fault(app: FastAPI) -> None:
    install(app)
    app.add_middleware(Faulty)


if __name__ == "__main__":
    api.install = install_with_fault
    sys.exit(run())

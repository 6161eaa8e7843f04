"""uvicorn's server, which ends when everybody has gone, or at once when it is told so twice."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from fastapi import FastAPI
from loguru import logger

from tasktracker import api
from tasktracker.app import life_of

LAST_REQUESTS = 5
"""Seconds that requests have which are still under way after the drain."""
REQUESTS = 20
"""The same where there is no drain."""
KEEP_ALIVE = 330
"""Seconds that an idle connection is kept: longer than a balancer does (300), or it would send a request on one that is
just being closed."""


class Server(uvicorn.Server):
    """`drain`: seconds to go on answering after a signal; see `Life.end`."""

    def __init__(self, app: FastAPI, drain: float, started: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            timeout_graceful_shutdown=LAST_REQUESTS if drain else REQUESTS,
            timeout_keep_alive=KEEP_ALIVE,
            ws_max_size=1_100_000,
            ws_per_message_deflate=False,
            lifespan="on",
        )
        super().__init__(config)
        self._app = app
        self._drain = drain
        self._tell_started = started
        self._ending: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals ask it to end, and do not end the process under its feet."""
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(each)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Where the app does not start, `started` says so: uvicorn would end the process under everybody's feet."""
        with contextlib.suppress(SystemExit):
            await super().startup(sockets)
        if self.started:
            self._tell_started()
        else:
            self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  as uvicorn calls it
        """The first time: drain, and then end. The second time: end."""
        if not self.started:
            self.should_exit = True
        elif self._ending is None:
            self._ending = asyncio.get_running_loop().create_task(self._end())
        else:
            logger.warning("told twice to end: what is under way is cut off")
            self.force_exit = True
            self.config.timeout_graceful_shutdown = 0
            self.should_exit = True

    async def _end(self) -> None:
        try:
            await life_of(self._app).end(self._drain, self._is_idle, lambda: api.close(self._app))
        except Exception:  # noqa: BLE001  whatever it is, who was told to end ends
            logger.exception("the drain failed; ending all the same")
        self.should_exit = True

    def _is_idle(self) -> bool:
        """Whether no request is under way, and no socket is open."""
        return not self.server_state.tasks

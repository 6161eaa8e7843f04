"""What nothing else under /api answers: never a page, always a problem document."""

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tasktracker.api import reference
from tasktracker.api.problems import NO_SUCH_ADDRESS, WRONG_METHOD, problem
from tasktracker.api.v1 import ROUTERS


class _Refuse:
    """404, or 405 where another method would be answered. A class, since such an endpoint takes every method."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if allowed := _methods_at(scope["path"]):
            answer = problem(scope, WRONG_METHOD, headers={"Allow": ", ".join(sorted(allowed))})
        else:
            answer = problem(scope, NO_SUCH_ADDRESS)
        await answer(scope, receive, send)


def _methods_at(path: str) -> set[str]:
    routes = (route for router in (*ROUTERS, reference.router) for route in router.routes)
    matching = (route for route in routes if isinstance(route, APIRoute) and route.path_regex.match(path))
    methods = {method for route in matching for method in route.methods or ()}
    return methods | ({"HEAD"} if "GET" in methods else set())


router = APIRouter(routes=[Route("/api", _Refuse()), Route("/api/{path:path}", _Refuse())])

"""The people of the journeys, and what they set up through the JSON API before a browser comes into play."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from e2e.servers import Server, run_command

PASSWORD = "correct horse battery staple"
Json = dict[str, Any]


class Api:
    """One person at the JSON API. Any answer that is no success is an error."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=f"{address}/api/v1", headers={"Origin": address}, timeout=30)

    def close(self) -> None:
        self._client.close()

    def set_up(self, name: str, email: str) -> None:
        """Become the owner of a server with nobody in it."""
        self._send("POST", "/setup", {"workspace": "Acme", "name": name, "email": email, "password": PASSWORD})

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self._send("POST", "/session", {"email": email, "password": password})

    @property
    def cookies(self) -> dict[str, str]:
        """What makes a browser the same person."""
        return dict(self._client.cookies)

    def me(self) -> Json:
        answer: Json = self._send("GET", "/me")
        return answer

    def edit_me(self, **fields: Any) -> None:
        self._send("PATCH", "/me", fields)

    def create_project(self, key: str, name: str, **fields: Any) -> None:
        self._send("POST", "/projects", {"key": key, "name": name, **fields})

    def set_role(self, key: str, account_id: str, role: str) -> None:
        self._send("PUT", f"/projects/{key}/members/{account_id}", {"role": role})

    def role_in(self, key: str) -> str:
        """One's own role in a project."""
        return str(self._send("GET", f"/projects/{key}")["role"])

    def board(self, key: str) -> Json:
        answer: Json = self._send("GET", f"/projects/{key}/board")
        return answer

    def columns(self, key: str) -> dict[str, str]:
        """The ids of the columns by name, from left to right."""
        return {column["name"]: column["id"] for column in self._send("GET", f"/projects/{key}/columns")}

    def edit_column(self, key: str, column_id: str, **fields: Any) -> None:
        self._send("PATCH", f"/projects/{key}/columns/{column_id}", fields)

    def add_label(self, key: str, name: str, color: str) -> str:
        """A label; returns its id."""
        return str(self._send("POST", f"/projects/{key}/labels", {"name": name, "color": color})["id"])

    def add_custom_field(self, key: str, name: str, kind: str, **fields: Any) -> None:
        self._send("POST", f"/projects/{key}/custom-fields", {"name": name, "kind": kind, **fields})

    def create_task(self, key: str, title: str, **fields: Any) -> Json:
        answer: Json = self._send("POST", f"/projects/{key}/tasks", {"title": title, **fields})
        return answer

    def create_tasks(self, key: str, tasks: Iterable[Json]) -> None:
        """Many at once, a thousand in each call."""
        operations = [{"op": "create", "fields": task} for task in tasks]
        for start in range(0, len(operations), 1_000):
            self._send("POST", f"/projects/{key}/tasks:batch", {"operations": operations[start : start + 1_000]})

    def task(self, ref: str) -> Json:
        answer: Json = self._send("GET", f"/tasks/{ref}")
        return answer

    def edit_task(self, ref: str, **fields: Any) -> None:
        self._send("PATCH", f"/tasks/{ref}", fields)

    def move_task(self, ref: str, column_id: str) -> None:
        self._send("POST", f"/tasks/{ref}:move", {"column_id": column_id})

    def archive_task(self, ref: str) -> None:
        self._send("POST", f"/tasks/{ref}:archive")

    def trash_task(self, ref: str) -> None:
        self._send("DELETE", f"/tasks/{ref}")

    def comment(self, ref: str, body: str) -> None:
        self._send("POST", f"/tasks/{ref}/comments", {"body": body})

    def comments(self, ref: str) -> list[str]:
        return [comment["body"] for comment in self._send("GET", f"/tasks/{ref}/comments")]

    def _send(self, method: str, path: str, body: Json | None = None) -> Any:
        answer = self._client.request(method, path, json=body)
        if not answer.is_success:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


@dataclass(frozen=True)
class Person:
    """Somebody with an account, who is signed in at the API."""

    name: str
    email: str
    api: Api

    @property
    def id(self) -> str:
        return str(self.api.me()["person"]["id"])

    @property
    def handle(self) -> str:
        """What others write after an @."""
        return str(self.api.me()["person"]["handle"])


@dataclass(frozen=True)
class Project:
    """A project with the usual columns: Backlog, To do, In progress, In review, Done."""

    key: str
    name: str
    api: Api

    def add(self, title: str, column: str = "To do", **fields: Any) -> int:
        """A task; returns its number."""
        column_id = self.api.columns(self.key)[column]
        return int(self.api.create_task(self.key, title, column_id=column_id, **fields)["number"])

    def ref(self, number: int) -> str:
        return f"{self.key}-{number}"

    def order(self) -> dict[str, list[int]]:
        """The numbers of the tasks of each column from top to bottom, by the column's name, as the API tells it."""
        board = self.api.board(self.key)
        cards = sorted(board["cards"], key=lambda card: card["position"])
        return {
            column["name"]: [card["number"] for card in cards if card["column_id"] == column["id"]]
            for column in board["project"]["columns"]
        }


class Team:
    """A server with two people: Ana owns the workspace, Ben is a member."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = itertools.count(1)
        self.ana = Person("Ana Torres", "ana@example.org", Api(server.address))
        self.ana.api.set_up(self.ana.name, self.ana.email)
        self._people = [self.ana]
        self.ben = self.join("Ben Okafor", "ben@example.org")

    def join(self, name: str, email: str = "") -> Person:
        """Another member, whom no other journey knows unless they are told."""
        person = Person(name, email or f"p{len(self._people)}@example.org", Api(self.server.address))
        run_command(
            self.server, "user", "create", "--email", person.email, "--name", name, TASKTRACKER_PASSWORD=PASSWORD
        )
        person.api.sign_in(person.email)
        self._people.append(person)
        return person

    def close(self) -> None:
        for person in self._people:
            person.api.close()

    def new_project(self, name: str = "Web site", **fields: Any) -> Project:
        """A project of Ana's that no other journey touches."""
        key = f"E{next(self._numbers)}"
        self.ana.api.create_project(key, name, **fields)
        return Project(key, name, self.ana.api)

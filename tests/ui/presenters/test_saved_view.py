"""Where a saved view leads."""

from datetime import UTC, datetime
from typing import Any

from tasktracker.domain.ids import new_id
from tasktracker.services.queries.saved_views import SavedViewView
from tasktracker.ui.presenters.saved_view import address_of

ID = new_id()
LAYOUT: dict[str, Any] = {"view": "board", "group": None, "sort": "position", "columns": [], "compact": False}


def address(query: str = "", **layout: Any) -> str:
    flags = {"is_shared": False, "is_starred": False}
    now = datetime.now(UTC)
    view = SavedViewView(ID, "WEB", new_id(), "Mine", query, LAYOUT | layout, **flags, created_at=now, version=1)
    return address_of(view)


def test_a_view_opens_where_it_is_drawn() -> None:
    assert address(view="list", group="priority") == f"/WEB/list?view={ID}&group=priority&sort=position"


def test_no_group_is_said_too_since_a_list_is_grouped_unless_told() -> None:
    assert address(view="list") == f"/WEB/list?view={ID}&group=&sort=position"


def test_a_filter_and_columns_come_along_as_they_are_written() -> None:
    found = address('label:"a & b"', view="table", columns=["ref", "custom.size"], compact=True)
    assert found.endswith("&filter=label%3A%22a+%26+b%22&columns=ref%2Ccustom.size&compact=1")

"""`/views/ID`: where a saved view leads."""

from uuid import UUID

from fastapi.responses import RedirectResponse, Response

from tasktracker.services.queries.saved_views import get_view
from tasktracker.services.queries.shell import get_names, get_shell
from tasktracker.ui.components.found_page import found_page
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.saved_view import address_of
from tasktracker.ui.session import signed_in


@page("/views/{view_id}")
async def view_page(view_id: UUID) -> Response | None:
    actor = await signed_in()
    view = await get_view(actor, view_id)
    if view.project is not None:
        return RedirectResponse(address_of(view), status_code=303)
    found_page(actor, await get_shell(actor), view, await get_names(actor))
    return None

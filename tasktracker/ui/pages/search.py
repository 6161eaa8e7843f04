"""All results of a search."""

from tasktracker.services.queries.shell import get_shell
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.search_results.search_results import SearchResults
from tasktracker.ui.language import t
from tasktracker.ui.paging import page
from tasktracker.ui.session import signed_in


@page("/search")
async def search_page() -> None:
    shell = await get_shell(await signed_in())
    with frame(shell, title=t("Search")):
        SearchResults(shell.projects)

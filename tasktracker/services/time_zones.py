"""Time zones by which the program and the database tell the same time, since both of them reckon with people's."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asyncpg.exceptions import InvalidParameterValueError
from tortoise.exceptions import OperationalError

from tasktracker.domain.errors import Invalid
from tasktracker.models.database import connection
from tasktracker.services.clock import now

_THERE = "SELECT moment AT TIME ZONE $1 AS there FROM unnest($2::timestamptz[]) AS moment"
_CHOSEN = "SELECT DISTINCT time_zone FROM account ORDER BY time_zone"
_MONTHS = (1, 7)
"""One in which clocks are put forward somewhere, and one in which they are not."""


async def require_usable_zone(zone: str, pointer: str) -> None:
    """Raise `Invalid` for a zone of the program's that the database does not know, or takes for something else."""
    if not await _is_usable(zone):
        raise Invalid.at(pointer, "The database does not know this time zone. Choose one nearby.")


async def unusable_zones() -> list[str]:
    """Those that people have chosen although, or before, only one of the two knew them."""
    chosen = [str(row["time_zone"]) for row in await connection().execute_query_dict(_CHOSEN)]
    return [zone for zone in chosen if not await _is_usable(zone)]


async def _is_usable(zone: str) -> bool:
    moments = [now().replace(month=month, day=1) for month in _MONTHS]
    try:
        told = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in moments]
        rows = await connection().execute_query_dict(_THERE, [zone, moments])
    except (ZoneInfoNotFoundError, ValueError):
        return False
    except OperationalError as error:
        if isinstance(error.__cause__, InvalidParameterValueError):
            return False
        raise
    # Of a place, the newer rules may stand on either side. CET and its like are no places to PostgreSQL, but the winter
    # time of one, all the year round.
    return "/" in zone or [row["there"] for row in rows] == told

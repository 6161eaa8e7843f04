"""Dates in words over the API. Times are those of the asker's zone."""

from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient

DATES = "/api/v1/dates"


async def test_words_are_dates_where_the_asker_is(owner: AsyncClient) -> None:
    await owner.patch("/api/v1/me", json={"time_zone": "Etc/GMT-14", "locale": "en-US"})
    answer = await owner.get(DATES, params={"text": ["today", "3/4/2027", "30 nov 2026 17:00", "soon"]})
    today = (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()
    assert [each["date"] for each in answer.json()] == [today, "2027-03-04", "2026-11-30T03:00:00Z", None]
    assert [each["text"] for each in answer.json()] == ["today", "3/4/2027", "30 nov 2026 17:00", "soon"]
    await owner.patch("/api/v1/me", json={"locale": "en-GB"})
    assert (await owner.get(DATES, params={"text": "3/4/2027"})).json()[0]["date"] == "2027-04-03"


@pytest.mark.parametrize("texts", [[], ["x"] * 21, ["x" * 101]])
async def test_no_text_too_many_and_too_long_ones_are_refused(owner: AsyncClient, texts: list[str]) -> None:
    assert (await owner.get(DATES, params={"text": texts})).status_code == 422

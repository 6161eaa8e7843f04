"""What people answer a comment with."""

import asyncio
from uuid import UUID

from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.domain.reactions import KINDS_LIMIT
from tasktracker.domain.references import TaskRef
from tasktracker.models import Comment, Event
from tasktracker.services import comments, projects
from tasktracker.services.queries.history import list_comments
from tasktracker.services.reactions import react, take_back
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of


async def scene() -> tuple[Team, TaskRef, UUID]:
    """A team with a task that somebody has said something about."""
    team = await make_team()
    ref = team.ref((await team.task()).number)
    return team, ref, (await comments.add_comment(team.owner, ref, "Done?")).id


async def test_reactions_show_who_gave_each_and_can_be_taken_back() -> None:
    team, ref, comment = await scene()
    owner, other = team.owner.account_id, await team.person()
    await react(team.owner, ref, comment, "👍")
    await react(other, ref, comment, "👍")
    view = await react(other, ref, comment, "🎉")
    assert view.reactions == {"👍": [owner, other.account_id], "🎉": [other.account_id]}
    assert (await list_comments(team.owner, ref)).items == [view]
    left = await take_back(other, ref, comment, "🎉")
    assert left.reactions == {"👍": [owner, other.account_id]}
    assert (await take_back(team.owner, ref, comment, "👍")).reactions == {"👍": [other.account_id]}


async def test_a_reaction_counts_once_and_what_was_not_given_is_not_taken() -> None:
    team, ref, comment = await scene()
    once = await react(team.owner, ref, comment, "❤️")
    assert await react(team.owner, ref, comment, "❤") == once
    assert await take_back(team.owner, ref, comment, "👍") == once
    assert await Event.filter(log_id=team.project.id, kind="CommentReacted").count() == 1


async def test_the_log_holds_all_reactions_before_and_after() -> None:
    team, ref, comment = await scene()
    await react(team.owner, ref, comment, "👍")
    event = await Event.get(log_id=team.project.id, kind="CommentReacted")
    assert event.subject_id == comment
    assert event.changes == [{"field": "reactions", "old": {}, "new": {"👍": [str(team.owner.account_id)]}}]


async def test_somebody_elses_reaction_does_not_refuse_an_edit() -> None:
    team, ref, comment = await scene()
    view = await react(await team.person(), ref, comment, "👍")
    edited = await comments.edit_comment(team.owner, ref, comment, "Done.", version=1)
    assert (edited.body, edited.reactions, edited.version) == ("Done.", view.reactions, 2)


async def test_a_comment_takes_twenty_kinds_and_any_number_of_each() -> None:
    team, ref, comment = await scene()
    for place in range(KINDS_LIMIT):
        await react(team.owner, ref, comment, chr(0x1F600 + place))
    other = await team.person()
    assert isinstance(await outcome_of(react(other, ref, comment, "👍")), Clash)
    assert len((await react(other, ref, comment, "😀")).reactions["😀"]) == 2


async def test_many_who_react_at_once_all_count() -> None:
    team, ref, comment = await scene()
    people = [await team.person() for _ in range(8)]
    await asyncio.gather(*(react(person, ref, comment, "👍") for person in people))
    reactions = (await list_comments(team.owner, ref)).items[0].reactions
    assert set(reactions["👍"]) == {person.account_id for person in people}


async def test_who_only_reads_gives_no_reaction_and_nothing_but_an_emoji_is_one() -> None:
    team, ref, comment = await scene()
    viewer = await team.person()
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    assert isinstance(await outcome_of(react(viewer, ref, comment, "👍")), Forbidden)
    assert await pointers_of(react(team.owner, ref, comment, "<script>")) == ["/path/emoji"]
    assert isinstance(await outcome_of(react(team.owner, ref, new_id(), "👍")), NotFound)


async def test_a_deleted_comment_shows_no_reactions_and_takes_none_but_keeps_what_it_had() -> None:
    team, ref, comment = await scene()
    await react(team.owner, ref, comment, "👍")
    await comments.delete_comment(team.owner, ref, comment)
    assert (await list_comments(team.owner, ref)).items[0].reactions == {}
    assert isinstance(await outcome_of(react(team.owner, ref, comment, "👍")), Clash)
    assert (await Comment.get(id=comment)).reactions == {"👍": [str(team.owner.account_id)]}

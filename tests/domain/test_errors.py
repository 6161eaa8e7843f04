import pytest

from tasktracker.domain.errors import (
    Conflict,
    FilterProblem,
    Invalid,
    NotFound,
    Problem,
    StorageUnavailable,
    TooLarge,
    TooOften,
    pointer_to,
)


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [((), ""), (("title",), "/title"), (("label_ids", 3), "/label_ids/3"), (("a/b", "~"), "/a~1b/~0"), (("",), "/")],
)
def test_a_pointer_is_written_as_rfc_6901_wants(parts: tuple[object, ...], pointer: str) -> None:
    assert pointer_to(*parts) == pointer


def test_refusals_are_sentences_for_people() -> None:
    assert str(NotFound("task", "WEB-1")) == "There is no task WEB-1, or you may not see it."
    assert str(NotFound("project")) == "There is no project, or you may not see it."
    assert str(Conflict(3, {"title": {}, "due": {}})).startswith("Somebody else changed title, due in the meantime.")
    assert str(TooOften("calls", "default", 9)) == "Too many calls in a short time. Try again in 9 seconds."
    assert str(TooLarge(25 * 2**20)).startswith("This file is too large: at most 25 MiB are kept.")
    assert str(TooLarge(1_000)).startswith("This file is too large: at most 1,000 bytes are kept.")
    assert "s3://team-files" not in str(StorageUnavailable("The bucket s3://team-files is closed."))
    assert str(Invalid([Problem("/a", "First."), Problem("/b", "Second.")])) == "First. Second."


def test_a_filter_problem_says_what_could_stand_there_instead() -> None:
    problem = FilterProblem("There is no field “asignee”.", 3, 10, suggestion="assignee")
    assert str(problem) == "There is no field “asignee”. Did you mean “assignee”?"
    assert problem.problems == (Problem("/filter", str(problem)),)
    assert str(FilterProblem("Write less.", 0, 1)) == "Write less."

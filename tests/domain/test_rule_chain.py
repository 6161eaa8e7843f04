"""Rules answer each other, but neither themselves nor for ever."""

from tasktracker.domain.ids import new_id
from tasktracker.domain.rule_chain import DEEPEST, answer_to, may_answer


def test_a_rule_answers_a_person_and_another_rule_but_not_itself() -> None:
    first, second = new_id(), new_id()
    assert may_answer(first, "5f0c1d9e2b7a4836")
    answer = answer_to("5f0c1d9e2b7a4836", first)
    assert (may_answer(first, answer), may_answer(second, answer)) == (False, True)
    again = answer_to(answer, second)
    assert (may_answer(first, again), may_answer(second, again)) == (False, False)


def test_a_chain_of_different_rules_ends_and_fits_into_a_request_id() -> None:
    request = "due:5f0c1d9e2b7a4836"
    for _ in range(DEEPEST):
        rule = new_id()
        assert may_answer(rule, request)
        request = answer_to(request, rule)
    assert not may_answer(new_id(), request)
    assert request.startswith("rule:")
    assert len(request) <= 64

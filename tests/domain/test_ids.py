import time
from uuid import RFC_4122

from tasktracker.domain.ids import new_id, new_request_id


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_tells_the_millisecond_it_was_made_in() -> None:
    before = time.time_ns() // 1_000_000
    stamp = new_id().int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_ids_of_later_milliseconds_sort_later() -> None:
    ids = []
    for _ in range(5):
        ids.append(new_id())
        time.sleep(0.002)
    assert ids == sorted(ids)
    assert [str(each) for each in ids] == sorted(str(each) for each in ids)


def test_no_two_ids_are_alike() -> None:
    assert len({new_id() for _ in range(20_000)}) == 20_000


def test_every_random_bit_is_used() -> None:
    ones = zeros = 0
    for _ in range(300):
        ones |= new_id().int
        zeros |= ~new_id().int
    random_bits = ((1 << 12) - 1) << 64 | (1 << 62) - 1
    assert ones & random_bits == zeros & random_bits == random_bits


def test_a_request_id_is_sixteen_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(new_request_id())) == 8
    assert new_request_id() != new_request_id()

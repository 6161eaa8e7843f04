"""Column types that Tortoise does not bring."""

from tortoise import fields


class PositionField(fields.Field[str], str):  # type: ignore[misc]  # as in Tortoise: a field has its value's type
    """A fractional position. Compared byte by byte, as its algorithm needs, whatever the database's locale."""

    __slots__ = ()

    SQL_TYPE = 'TEXT COLLATE "C"'


class BytesField(fields.Field[bytes], bytes):  # type: ignore[misc]  # as above
    """A fixed small binary value, such as a hash."""

    SQL_TYPE = "BYTEA"
    indexable = True

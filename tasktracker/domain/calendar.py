"""The years that tasks know."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Of dates. PostgreSQL's driver takes the first and the last day of all for infinity."""

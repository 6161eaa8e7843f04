"""Tasks that come back: a rule (RFC 5545, RRULE), counted from the due date or from completion.

{"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "from": "due"}
"""

from tasktracker.domain.recurrence.recurrence import Recurrence, after_one, clean_recurrence
from tasktracker.domain.recurrence.schedule import first_due, moment, next_due
from tasktracker.domain.recurrence.words import describe

__all__ = ["Recurrence", "after_one", "clean_recurrence", "describe", "first_due", "moment", "next_due"]

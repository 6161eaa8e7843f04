"""Cursor readers of the log: each sees every event once, in order, whatever dies in between.

`ALL` are the consumers that every replica runs; they share the work through their cursors.
"""

from tasktracker.consumers.chain_watch import ChainWatch
from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import Consumer
from tasktracker.consumers.rules import Rules

ALL: tuple[Consumer, ...] = (ChainWatch(), Notifications(), Rules())

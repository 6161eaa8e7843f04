"""The language of quick add: one line to a task, `Fix login !high @ana #web *bug tomorrow 17:00 every 2 weeks`.

docs/reference/quick-add.md says it in full.
"""

from tasktracker.domain.quick_add.dates import read_date
from tasktracker.domain.quick_add.interface import Chip, Context, QuickAdd
from tasktracker.domain.quick_add.lines import LINES_LIMIT, split_lines
from tasktracker.domain.quick_add.reading import TEXT_LIMIT, parse, without

__all__ = ["LINES_LIMIT", "TEXT_LIMIT", "Chip", "Context", "QuickAdd", "parse", "read_date", "split_lines", "without"]

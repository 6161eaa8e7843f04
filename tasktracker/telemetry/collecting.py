"""The garbage collector, which holds the event loop up for as long as it looks through everything."""

import gc

THRESHOLDS = (10_000, 20, 50)
"""Objects that come into being until the young ones are looked through, how often that is until the older ones are,
and how often that is until all are.

Python's own (700, 10, 10) are for programs of few objects: a look at the objects of 200 open pages took 0.4 s on a busy
machine.
"""


def spare_the_loop() -> None:
    """Call this once all is imported: what the program itself consists of is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)

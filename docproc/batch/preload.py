"""Imported once by the fork server: workers come out of it with libraries, pipeline, words and patterns in place, sharing their memory.

What is remembered of the rules goes with the digest that was taken at the same moment (job.py): a worker whose rules are not the driver's
says so instead of mixing results.
"""

from __future__ import annotations

import gc
import os
import signal
from contextlib import suppress
from typing import Final

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's; the fork server itself leaves it alone only once it has loaded this

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

for _name in _THREADS:  # a worker a core: the numeric libraries' own threads would only stand in one another's way
    os.environ.setdefault(_name, "1")

from docproc.batch.warm import warm  # noqa: E402

with suppress(Exception):  # rules that do not load are told by the first package that asks for them
    warm()
gc.freeze()

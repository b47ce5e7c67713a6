"""How a reader tells that it is getting on: page by page, so that a file of many pages is not taken for one that hangs.

The worker sets whom to tell before it reads (worker.py); without a listener nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int, int], None]
"""Told how many pages are done and of how many."""


def _nobody(done: int, total: int) -> None:
    """Whom nobody listens to."""


_LISTENER: ContextVar[Listener] = ContextVar("listener", default=_nobody)


def tell(done: int, total: int) -> None:
    """Says that `done` of `total` pages are done."""
    _LISTENER.get()(done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Within it, `listener` is told."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)

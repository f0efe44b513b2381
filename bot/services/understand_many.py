"""How many messages are understood at once, their answers kept in order."""

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, Queue

from bot.core.understanding import Understanding
from bot.services.ports import Reader

IN_FLIGHT = 8

Pending = Queue[Future[Understanding] | None]


def understand_many(
    reader: Reader, texts: Iterable[str], in_flight: int = IN_FLIGHT
) -> Iterator[Understanding]:
    """The understanding of each text, in the order of the texts.

    Each answer is given as soon as those before it are there, also while the next text is still
    awaited, and no more than about twice ``in_flight`` texts are held at any time.

    Raises:
        UnderstandingDown: at the place of the message that was not understood.
    """
    pending: Pending = Queue(in_flight)
    stop = threading.Event()
    pool = ThreadPoolExecutor(in_flight, thread_name_prefix="understand")
    feeder = (reader, texts, pool, pending, stop)
    threading.Thread(target=_feed, args=feeder, name="understand-feed", daemon=True).start()
    try:
        while (future := pending.get()) is not None:
            yield future.result()
    finally:
        stop.set()
        _empty(pending)  # the feeder may be waiting for room
        pool.shutdown(cancel_futures=True)


def _feed(
    reader: Reader,
    texts: Iterable[str],
    pool: ThreadPoolExecutor,
    pending: Pending,
    stop: threading.Event,
) -> None:
    """Send the texts off; what goes wrong with a text is told at its place."""
    try:
        for text in texts:
            if stop.is_set():
                return
            pending.put(pool.submit(reader.understand, text))
        pending.put(None)
    except Exception as error:
        failed: Future[Understanding] = Future()
        failed.set_exception(error)
        pending.put(failed)


def _empty(pending: Pending) -> None:
    try:
        while True:
            pending.get_nowait()
    except Empty:
        return

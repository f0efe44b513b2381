"""Tells whoever looks on that something has changed in a conversation."""

from collections.abc import Callable

type Listener = Callable[[str], None]


class Changes:
    """Passes each change on to all who listen; listeners must be quick and call from any thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def forget(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def tell(self, conversation_id: str) -> None:
        for listener in tuple(self._listeners):
            listener(conversation_id)

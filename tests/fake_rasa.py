"""A tiny real HTTP server that answers as Rasa does, and can be told to fail as Rasa fails."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Answer = dict[str, Any]


def parsed(text: str, *ranking: tuple[str, float], entities: tuple[Answer, ...] = ()) -> Answer:
    """Rasa's answer that ranks these intents."""
    ranked = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    top = ranked[0] if ranked else {"name": None, "confidence": 0.0}
    return {"text": text, "intent": top, "intent_ranking": ranked, "entities": list(entities)}


def greeting(text: str) -> Answer:
    return parsed(text, ("greet", 0.9), ("thanks", 0.1))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that went away is no error of ours."""


class FakeRasa:
    """Answers ``POST /model/parse`` by a function, on a port of its own."""

    def __init__(self, answer: Callable[[str], Answer] = greeting, port: int = 0) -> None:
        self.answer = answer
        self.heard: list[str] = []
        self.bodies: list[Answer] = []
        self.status = 200
        self.body: bytes | None = None
        """Sent instead of the answer."""
        self.delay = 0.0
        self.drop_next = 0
        """How many of the next requests are hung up on."""
        self._server = _Server(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._send(200, b"Hello from Rasa: 3.6.21")

            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                text = content.get("text", content.get("message"))
                fake.heard.append(text)
                fake.bodies.append(content)
                if fake.drop_next:
                    fake.drop_next -= 1
                    self.close_connection = True
                    return
                time.sleep(fake.delay)
                body = fake.body
                if body is None:
                    body = json.dumps(fake.answer(text)).encode()
                self._send(fake.status, body)

            def _send(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

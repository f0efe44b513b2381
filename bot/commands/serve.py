"""`serve`: Rasa and the application, started together, stopped together."""

import errno
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

import typer

from bot.commands.screen import rasa_progress
from bot.core.people import TITLES
from bot.web.hosts import HOSTS_SETTING

if TYPE_CHECKING:
    import uvicorn

APPLICATION = "bot.web.app:create_app"
GOODBYE_SECONDS = 5
"""How long open pages may keep a stopping server."""


def serve(host: str, port: int, demo: bool) -> None:
    """Serve until stopped; the port is taken first, so that nobody waits for Rasa in vain."""
    from bot import wiring

    started = time.monotonic()
    os.environ[wiring.DEMO_SETTING] = "1" if demo else "0"
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with (
        bound(host, port) as listener,
        _listening_at(host, listener.getsockname()[0]),
        rasa_progress(announce=True) as (progress, end_progress),
        wiring.rasa_for_server(host, port, _unless_leaving(progress)),
    ):
        end_progress()
        application(host, port, started, _how_to_sign_in(demo)).run(sockets=[listener])


def _how_to_sign_in(demo: bool) -> str:
    """The first start makes the lead's account; its password is told now and never again."""
    from bot import wiring

    if password := wiring.first_account(demo):
        return (
            f"第一次启动，已建好账号「负责人」，密码 {password}\n"
            "  只显示这一次，请记下；登录后到「我的账号」里换掉。"
            " The lead's account, its password shown once."
        )
    if demo:
        staff = wiring.demo_staff()
        people = "、".join(f"{one.name}（{TITLES[one.role]}）" for one in staff.people)
        return f"演示店的账号 demo accounts：{people}，密码都是 {staff.password}"
    return ""


def application(host: str, port: int, started: float, more: str = "") -> "uvicorn.Server":
    """The application's server; it says where it is when it answers."""
    import uvicorn

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            seconds = time.monotonic() - started
            typer.echo(
                f"http://{shown(host)}:{port}  就绪 ready, {seconds:.0f} s · Ctrl-C 停止 stops"
            )
            if more:
                typer.echo(more)

    return Announcing(
        uvicorn.Config(
            APPLICATION,
            factory=True,
            log_level="warning",
            access_log=False,  # addresses hold order numbers
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
            # Two hundred pages are sent the same few hundred bytes: packing them costs more.
            ws_per_message_deflate=False,
        )
    )


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port and does not yet answer.

    Raises:
        ValueError: the port or the host cannot be used; the message names the option and the mend.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise ValueError(_refused(host, port, error)) from None
    return listener


@contextmanager
def _listening_at(*hosts: str) -> Iterator[None]:
    """Tell the application where it listens: it answers to these names and takes Rasa's calls."""
    os.environ[HOSTS_SETTING] = ",".join(dict.fromkeys(hosts))
    try:
        yield
    finally:
        del os.environ[HOSTS_SETTING]


def shown(host: str) -> str:
    """The host to put into a browser's address."""
    here = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    return f"[{here}]" if ":" in here else here


def _refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        who = _holder(port)
        return f"--port {port}: 端口已被占用 is taken by {who}; stop it or use --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"--port {port}: 没有权限 needs more rights; choose one above 1023"
    return f"--host {host}: 不能在此监听 cannot listen there ({error.strerror})"


def _holder(port: int) -> str:
    """Who listens there, as far as this user may know."""
    import psutil

    with suppress(psutil.Error):
        for one in psutil.net_connections("tcp"):
            if (
                one.laddr
                and one.laddr.port == port
                and one.status == psutil.CONN_LISTEN
                and one.pid
            ):
                return f"{psutil.Process(one.pid).name()} (process {one.pid})"
    return "another program"


_leaving = threading.Event()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as if asked politely, so that Rasa is stopped on the way out."""
    _leaving.set()
    sys.exit(0)


def _unless_leaving(progress: Callable[[float], None]) -> Callable[[float], None]:
    """The progress, and the end of waiting: an exit raised inside a finaliser is lost in it."""

    def told(seconds: float) -> None:
        if _leaving.is_set():
            sys.exit(0)
        progress(seconds)

    return told

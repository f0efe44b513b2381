"""Under which names the application may be called, and which callers are on this machine."""

import os
from ipaddress import ip_address

HOSTS_SETTING = "SHOUHOU_HOSTS"
"""Where the application listens, as typed and as bound, separated by commas; set by ``serve``."""
EVERYWHERE = frozenset({"0.0.0.0", "::"})
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def bound_hosts() -> tuple[str, ...]:
    """Where the application listens; nothing where nobody said so: then on this machine only."""
    return tuple(host for host in os.environ.get(HOSTS_SETTING, "").split(",") if host)


def names(bound: tuple[str, ...]) -> list[str]:
    """The names that a browser may call it by: another site could make its name lead here."""
    if not EVERYWHERE.isdisjoint(bound):
        return ["*"]
    return [*LOOPBACK_NAMES, *(f"[{host}]" if ":" in host else host for host in bound)]


def on_this_machine(caller: str, bound: tuple[str, ...]) -> bool:
    """Whether a caller's address is loopback, or the very one at which the application listens."""
    if caller in bound:
        return True
    try:
        address = ip_address(caller)
    except ValueError:
        return False
    # A socket for both families writes IPv4 callers as ::ffff:127.0.0.1.
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback

"""Hashes passwords with argon2id, in its library's recommended settings (RFC 9106, low memory)."""

from argon2 import Parameters, PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

RECOMMENDED = profiles.RFC_9106_LOW_MEMORY


class Argon2Passwords:
    def __init__(self, settings: Parameters = RECOMMENDED) -> None:
        self._hasher = PasswordHasher.from_parameters(settings)
        self._nobodys = self._hasher.hash("nobody has this one")

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is this password; without a hash it takes as long, and is wrong."""
        try:
            self._hasher.verify(hashed or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None

    def outdated(self, hashed: str) -> bool:
        return self._hasher.check_needs_rehash(hashed)

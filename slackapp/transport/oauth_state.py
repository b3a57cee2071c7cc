"""The state that travels with a browser through an installation: valid for ten minutes, and once.

It is sealed under keys of its own, derived from the secret keys, so that nothing else that they seal counts
as a state. Of a used one no more than a hash is kept.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage import Installations, keys_in

STATE_SECONDS = 600
LONGEST = 500
PURPOSE = b"waymark oauth state 1"


class States:
    """Makes states and uses them up. *secret* is the list of keys, *wall* the time."""

    def __init__(self, secret: str, installations: Installations, wall: Callable[[], datetime]) -> None:
        self._seal = MultiFernet([Fernet(derived(key)) for key in keys_in(secret)])
        self._installations, self._wall = installations, wall

    def made(self) -> str:
        """A new state."""
        return self._seal.encrypt_at_time(token_bytes(32), self._now()).decode()

    async def use(self, state: str) -> bool:
        """Use a state up; return False where it is none of ours, too old, or was used before."""
        if len(state) > LONGEST or not state.isascii():
            return False
        try:
            nonce = self._seal.decrypt_at_time(state, STATE_SECONDS, self._now())
        except InvalidToken:
            return False
        return await self._installations.is_first(sha256(nonce).hexdigest(), 2 * STATE_SECONDS)

    def _now(self) -> int:
        return int(self._wall().timestamp())


def derived(key: str) -> bytes:
    """The key for states that belongs to a secret key."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return urlsafe_b64encode(kdf.derive(urlsafe_b64decode(key)))

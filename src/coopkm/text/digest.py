"""Short names for contents."""

import hashlib


def digest(*parts: str | bytes) -> str:
    """24 hex digits of SHA-256 over the parts, each kept apart from the next."""
    state = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "big"))
        state.update(raw)
    return state.hexdigest()[:24]

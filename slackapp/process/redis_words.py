"""What is wrong with Redis and what to do about it, each as one sentence."""

from storage import StorageAway, Trouble

HOW_IT_IS: dict[Trouble, str] = {
    Trouble.SILENT: "Redis cannot be reached: start it, or check REDIS_URL.",
    Trouble.HUNG_UP: (
        "Redis hangs up at once: where it speaks TLS, begin REDIS_URL with rediss://; else its protected "
        "mode or maxclients may turn this machine away."
    ),
    Trouble.CROWDED: "Redis takes no more connections: raise its maxclients, or end what holds them.",
    Trouble.PROTECTED: (
        "Redis lets only its own machine in (protected mode): set a password there, and put it into "
        "REDIS_URL."
    ),
    Trouble.LOADING: "Redis is still loading its data: try again when it is done.",
    Trouble.BUSY: "Redis is busy with another script or change: try again in a moment.",
    Trouble.DOWN: "Redis cannot be reached in part: look at its cluster, or at the primary of this replica.",
    Trouble.READONLY: "Redis takes no writes, since it is a replica: set REDIS_URL to the primary.",
    Trouble.FULL: "Redis is full: raise its maxmemory, or give it a bigger machine.",
    Trouble.UNSAVED: "Redis takes no writes, since it cannot write to its disk: make room there.",
    Trouble.LONELY: "Redis takes no writes, since too few replicas follow it (min-replicas-to-write).",
    Trouble.PASSWORD: "Redis refuses the name or password: put the right ones into REDIS_URL.",
    Trouble.NO_PASSWORD: "Redis has no password, and REDIS_URL gives one: take it out, or set one there.",
    Trouble.FORBIDDEN: "Redis does not let this user do that: allow it all commands and keys.",
    Trouble.LACKING: (
        "Redis lacks a command that Waymark needs: take Redis 6.2 or newer, or Valkey, with all its commands."
    ),
    Trouble.NAME: "The host in REDIS_URL has no address: correct its name.",
    Trouble.TLS: "Redis does not speak TLS here: begin REDIS_URL with redis://, or turn TLS on.",
    Trouble.CERTIFICATE: "The certificate of Redis does not hold: install its authority on this machine.",
    Trouble.OWN_CERTIFICATE: (
        "Redis asks for a certificate: add ?ssl_certfile=…&ssl_keyfile=… to REDIS_URL, or set "
        "tls-auth-clients to no there."
    ),
    Trouble.CLUSTER: "This Redis is part of a cluster: begin REDIS_URL with redis+cluster://.",
    Trouble.NO_CLUSTER: "This Redis is no cluster: begin REDIS_URL with redis:// or rediss://.",
    Trouble.FOREIGN: "What answers at REDIS_URL is no Redis: correct the address.",
}


def sentence(away: StorageAway, url: str | None = None) -> str:
    """What to do so that Redis does what it is asked; *url* is where it was looked for."""
    if away.trouble is Trouble.REFUSED:
        return f"Redis says no ({away}): check REDIS_URL."
    if away.trouble in (Trouble.SILENT, Trouble.HUNG_UP) and (url or "").startswith("rediss"):
        return "Redis cannot be reached: start it, or check REDIS_URL; without TLS it begins with redis://."
    return HOW_IT_IS[away.trouble]


def dropping(policy: str | None) -> str:
    """What a policy may cost."""
    return f"Redis may delete what was saved (maxmemory-policy {policy}): set it to noeviction."


FOREIGN_KEY = (
    "Redis holds something that is not Waymark's under a name that is: give Waymark a Redis, or one of its "
    "databases, to itself."
)

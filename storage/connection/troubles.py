"""Why Redis does not do what it is asked: its own words, and what stands behind an error of redis-py."""

import ssl
from collections.abc import Iterator
from enum import StrEnum
from socket import gaierror

from redis import exceptions


class Trouble(StrEnum):
    """What keeps Redis from doing it."""

    SILENT = "silent"  # nobody answers, or not in time
    HUNG_UP = "hung up"
    CROWDED = "crowded"  # it has as many clients as it takes
    PROTECTED = "protected"  # it lets only its own machine in
    LOADING = "loading"
    BUSY = "busy"
    DOWN = "down"  # a cluster, or a replica's primary
    READONLY = "readonly"
    FULL = "full"
    UNSAVED = "unsaved"  # it cannot write to its disk
    LONELY = "lonely"  # too few replicas listen
    PASSWORD = "password"
    NO_PASSWORD = "no password"  # one was given, and none is set
    FORBIDDEN = "forbidden"
    LACKING = "lacking"  # it knows too few commands
    NAME = "name"
    TLS = "tls"
    CERTIFICATE = "certificate"
    OWN_CERTIFICATE = "own certificate"  # it asks for one of ours
    CLUSTER = "cluster"  # it is part of one, and was taken for a single server
    NO_CLUSTER = "no cluster"
    FOREIGN = "foreign"  # what answers is no Redis
    REFUSED = "refused"  # for another reason, which its answer says


LASTING = frozenset(
    [
        Trouble.PASSWORD,
        Trouble.NO_PASSWORD,
        Trouble.FORBIDDEN,
        Trouble.LACKING,
        Trouble.NAME,
        Trouble.TLS,
        Trouble.CERTIFICATE,
        Trouble.OWN_CERTIFICATE,
        Trouble.PROTECTED,
        Trouble.CLUSTER,
        Trouble.NO_CLUSTER,
        Trouble.FOREIGN,
        Trouble.REFUSED,
    ]
)  # which waiting does not end


WORDS = {
    "MISCONF": Trouble.UNSAVED,
    "OOM": Trouble.FULL,
    "READONLY": Trouble.READONLY,
    "LOADING": Trouble.LOADING,
    "CLUSTERDOWN": Trouble.DOWN,
    "MASTERDOWN": Trouble.DOWN,
    "NOREPLICAS": Trouble.LONELY,
    "TRYAGAIN": Trouble.BUSY,
    "BUSY": Trouble.BUSY,
    "NOPERM": Trouble.FORBIDDEN,
    "NOAUTH": Trouble.PASSWORD,
    "WRONGPASS": Trouble.PASSWORD,
    "DENIED": Trouble.PROTECTED,
}
# What a script of ours is told of its own commands, by the several releases.
ANSWERS = {
    "can't run this command": Trouble.FORBIDDEN,
    "ACL failure in script": Trouble.FORBIDDEN,
    "nknown command": Trouble.LACKING,
    "nknown Redis command": Trouble.LACKING,
}
SENTENCES = {
    "without any password configured": Trouble.NO_PASSWORD,
    "no password is set": Trouble.NO_PASSWORD,
    "invalid password": Trouble.PASSWORD,
    "max number of clients": Trouble.CROWDED,
    "Connection closed by server": Trouble.HUNG_UP,
    "Connection reset by peer": Trouble.HUNG_UP,
    "Connection lost": Trouble.HUNG_UP,
    "CERTIFICATE_REQUIRED": Trouble.OWN_CERTIFICATE,
    "label too long": Trouble.NAME,
    "Cluster mode is not enabled": Trouble.NO_CLUSTER,
    "DB index": Trouble.REFUSED,
}
TYPES: tuple[tuple[type[BaseException], Trouble], ...] = (
    (ConnectionRefusedError, Trouble.SILENT),
    (gaierror, Trouble.NAME),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (ssl.SSLError, Trouble.TLS),
    (exceptions.MovedError, Trouble.CLUSTER),
    (exceptions.InvalidResponse, Trouble.FOREIGN),
)


def word_of(answer: str) -> Trouble | None:
    """What an error that Redis answered says.

    A script of Redis 6 hides its word in a sentence, and redis-py that of a pipeline behind the command.
    """
    words = (WORDS.get(word.strip("-('")) for word in answer.rpartition("caused error:")[2].split())
    by_sentence = (trouble for sentence, trouble in ANSWERS.items() if sentence in answer)
    return next(filter(None, words), None) or next(by_sentence, None)


def trouble_of(error: BaseException) -> Trouble:
    """What is behind an error: the first of its causes that tells."""
    return next(filter(None, map(_told, _chain(error))), Trouble.SILENT)


def refusal_of(error: BaseException) -> Trouble:
    """What is behind an answer that Redis has given."""
    found = trouble_of(error)
    return Trouble.REFUSED if found is Trouble.SILENT else found


def _told(error: BaseException) -> Trouble | None:
    by_code, text = WORDS.get(getattr(error, "status_code", None) or ""), str(error)
    by_type = (trouble for kind, trouble in TYPES if isinstance(error, kind))
    by_sentence = (trouble for sentence, trouble in SENTENCES.items() if sentence in text)
    return next(by_sentence, None) or next(by_type, None) or by_code or word_of(text)


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__ or each.__context__

"""What to do where the system refuses a file, a folder or another place: each as one sentence."""

import errno
import os

FILES = {
    errno.EMFILE: "raise the limit of open files (`ulimit -n`)",
    errno.ENFILE: "raise the limit of open files of this machine",
}
CURES = {
    errno.EACCES: "change its rights, or choose another place",
    errno.EPERM: "choose another place",
    errno.ENOENT: "make what leads there, or choose another place",
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
    **FILES,
}
READING = {
    errno.EACCES: "change its rights",
    errno.EISDIR: "name a file in it",
    errno.EIO: "look at its disk",
    **FILES,
}


def unusable(error: OSError) -> str:
    """What to do about something that the system refuses."""
    cure = CURES.get(error.errno or 0, "choose another place")
    if error.filename is None:
        return f"This machine says no ({why(error)}): {cure}."
    return f"{os.fsdecode(error.filename)} cannot be used ({why(error)}): {cure}."


def unreadable(error: OSError) -> str:
    """What to do about a file that cannot be read, without its name and without a full stop."""
    return f"cannot be read: {why(error)}; {READING.get(error.errno or 0, 'check its name')}"


def why(error: OSError) -> str:
    """The system's own words."""
    return (error.strerror or str(error)).lower()

"""What a process takes: memory now, and the most of it."""

import resource
from pathlib import Path

ROOM = 6 * 2**30
"""Bytes of address space that a process that tries cases may take; what asks for more fails there."""


def memory(what: str) -> int:
    """Bytes of this process: "VmRSS" now, "VmHWM" at most since `forget`; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)


def forget() -> None:
    """Let the most memory that this process took begin anew from what it has now."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5")


def bound() -> None:
    """Take no more than `ROOM`, and leave nothing behind where that ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

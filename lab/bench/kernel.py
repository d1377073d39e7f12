"""What the kernel knows of processes and of the machine; Linux alone keeps these accounts."""

from __future__ import annotations

import os
from pathlib import Path


def memory(pid: int, name: str) -> float:
    """A field of the kernel's account of a process, in MB: ``VmRSS`` is held now, ``VmHWM`` the most ever."""
    for path in (f"/proc/{pid}/status", f"/proc/{pid}/smaps_rollup"):
        for line in Path(path).read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
    return 0.0


def processor(*pids: int) -> float:
    """Seconds that processes have worked so far."""
    ticks = 0
    for pid in pids:
        account = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        fields = account.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The processor's name and how many there are."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} × {names[0] if names else 'a processor without a name'}"

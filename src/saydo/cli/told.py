"""How a command ends: exit codes, and errors in one line that says what to do."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer

from saydo.model.case import SkippedInput
from saydo.model.errors import CodebookError, SaydoError

DONE, FAILED, SKIPPED, FAULTY, STOPPED, PIPE = 0, 1, 3, 4, 130, 141


@contextmanager
def told(debug: bool, stopped: str = "stopped") -> Iterator[None]:
    """Turns the end of a command into an exit code. With ``debug`` an error comes with its traceback;
    ``stopped`` is the line for a command that Ctrl-C ended."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has enough (``… | head``). What is left in the buffer must go nowhere, or
        # Python complains when it leaves.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE) from None
    except KeyboardInterrupt:
        say(stopped)
        raise typer.Exit(STOPPED) from None
    except SaydoError as error:
        if debug:
            raise
        if isinstance(error, CodebookError) and len(error.faults) > 1:
            say(f"the codebook has {len(error.faults)} faults:")
            for fault in error.faults:
                typer.echo(f"  {fault}", err=True)
        else:
            say(str(error))
        raise typer.Exit(FAILED) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        if debug:
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            say(f"no room for what is to be written ({error.strerror}); make some and run again")
            raise typer.Exit(FAILED) from None
        cause = " ".join(str(error).split()) or "no more is known"
        say(f"{type(error).__name__}: {cause}; run again as `saydo --debug …` and report what it shows")
        raise typer.Exit(FAILED) from None


def say(line: str) -> None:
    """One line on standard error."""
    typer.echo(f"saydo: {line}", err=True)


def list_skipped(skipped: Iterable[SkippedInput]) -> None:
    """What was skipped, a line each; what loses nothing is only counted."""
    skipped = list(skipped)
    missing = [each for each in skipped if not each.harmless]
    if missing:
        say(f"skipped {len(missing)}:")
        for each in missing:
            typer.echo(f"  {each.origin}: {each.reason}", err=True)
    if len(skipped) > len(missing):
        first = next(each for each in skipped if each.harmless)
        count = len(skipped) - len(missing)
        typer.echo(
            f"  {count} passed over with nothing lost (such as {first.origin}: {first.reason})", err=True
        )

"""``saydo weigh``: what is due of a case is weighed, here or on a cluster."""

from __future__ import annotations

import typer

from saydo.cli.options import Case, CodebookFolder, Engine, WeighWorkers


def weigh(
    context: typer.Context,
    case: Case,
    codebook: CodebookFolder = None,
    workers: WeighWorkers = 1,
    engine: Engine = "local",
) -> None:
    """Weigh what is due of a case and write its report; nothing is taken in or coded. Stopped, it goes on
    when run again. For a case whose weighing was stopped, or waits after decisions, and for a cluster."""
    from saydo import desk
    from saydo.cli import running
    from saydo.cli.bars import bar
    from saydo.cli.told import told
    from saydo.model.errors import InputError

    with told(context.obj, "stopped; run the same command again to go on"):
        if engine not in ("local", "ray"):
            raise InputError(f"{engine!r} is no engine; say local or ray")
        on: desk.Engine = "ray" if engine == "ray" else "local"
        book = desk.load_codebook(codebook)
        with bar() as progress:
            summary = desk.weigh_case(case, book, workers=workers, engine=on, progress=progress)
        running.tell(summary)

"""Coding of JSONL and Parquet shard by shard, on this machine or on a cluster, to a folder with a manifest.

:func:`code_shards` does it with an engine: :class:`Here`, which codes with a reader or a crew, or what
:func:`on_ray` gives. A shard is a stretch of an input file. It is coded whole, its records are written under
a temporary name, and only an entry that one process writes makes them count: so a run that was killed is
gone on with, and no shard counts twice.
"""

from saydo.desk.shards.job import EVERY, FORMATS, SHARD_BYTES, Entry, Job, Shard, make_job
from saydo.desk.shards.on_ray import on_ray
from saydo.desk.shards.run import Engine, Here, ShardSummary, Standing, code_shards

__all__ = [
    "EVERY",
    "FORMATS",
    "SHARD_BYTES",
    "Engine",
    "Entry",
    "Here",
    "Job",
    "Shard",
    "ShardSummary",
    "Standing",
    "code_shards",
    "make_job",
    "on_ray",
]

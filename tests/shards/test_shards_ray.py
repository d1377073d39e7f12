"""``saydo code --engine ray`` on a real cluster of two machines, which are two nodes on this one."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import crew_rooms
import pytest
from cli_reader import DEED, DULL, VOW
from shard_making import call, done, kill, records, start, tree, until
from shard_reader import reader

from saydo import codebook
from saydo.desk import make_coder
from saydo.desk.coder import Coder
from saydo.desk.corridor import corridor
from saydo.desk.shards import Here, ShardSummary, code_shards, make_job, on_ray
from saydo.model.errors import ReaderError, SaydoError

pytestmark = pytest.mark.ray
SHARD = {"shard_bytes": 2_000}
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
TOKEN = secrets.token_hex(32)
"""So that Ray neither needs nor makes one in the home folder."""
SHARD_MB = ("--shard-mb", "0.002")
NODE = {
    "num_cpus": 1,
    "object_store_memory": 80 * 2**20,
    "node_ip_address": "127.0.0.1",
    "include_dashboard": False,
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head and one more node, with one processor each; on loopback, without telemetry or dashboard."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", TOKEN)
        # what actors import
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        patch.setenv("SAYDO_TEST_SLOW", "1")
        for name in KEYS:
            patch.setenv(name, "testing")
        pytest.importorskip("ray", reason="Ray is not installed (pip install 'saydo[ray]')")
        from ray.cluster_utils import Cluster

        made = Cluster(initialize_head=True, head_node_args=NODE)
        try:
            made.add_node(**NODE)
            patch.setenv("RAY_ADDRESS", made.address)
            yield made
        finally:
            made.shutdown()


@pytest.fixture(scope="module")
def made(wire: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed run without Ray."""
    out = tmp_path_factory.mktemp("made") / "out"
    undisturbed(wire, out)
    return out


def undisturbed(source: Path, out: Path) -> None:
    coder = Coder(reader(), codebook.load(), corridor())
    code_shards(make_job([str(source)], str(out), "jsonl", None, **SHARD), Here(coder))


def on_cluster(make: Any, source: Path, out: Path, workers: int = 1, **more: Any) -> ShardSummary:
    with on_ray(make, workers) as engine:
        return code_shards(make_job([str(source)], str(out), "jsonl", None, **{**SHARD, **more}), engine)


@pytest.fixture(scope="module")
def made_slow(slow_wire: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the other wire."""
    out = tmp_path_factory.mktemp("made") / "slow"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SAYDO_TEST_SLOW", raising=False)
        undisturbed(slow_wire, out)
    return out


SCRIPTED = partial(make_coder, "shard_reader:reader")


def test_two_workers_write_the_same_bytes_and_tell_how_far_they_are(
    cluster: Any, wire: Path, made: Path, tmp_path: Path
) -> None:
    code, said = call(wire, "-o", tmp_path / "out", "--engine", "ray", "--workers", "2", *SHARD_MB)
    assert code == 3, said
    assert "194 records" in said and "6 gave no record" in said
    assert tree(tmp_path / "out") == tree(made)


def test_a_report_that_kills_its_reader_is_a_dead_letter_and_the_only_one(
    cluster: Any, tmp_path: Path
) -> None:
    """The actor stays; the reports beside it in the shard are coded."""
    import json

    texts = ["Zor 1.", "DIE", "Zor 2.", "Zor 3."]
    lines = [json.dumps({"id": f"d{n}", "text": text}) for n, text in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    summary = on_cluster(crew_rooms.plain, tmp_path / "a.jsonl", tmp_path / "out")
    assert [record["id"] for record in records(tmp_path / "out")] == ["d0", "d2", "d3"]
    assert summary.dead == 1
    (file,) = (tmp_path / "out/dead-letters").iterdir()
    letter = json.loads(file.read_text())
    assert letter["id"] == "d1" and "SIGKILL" in letter["reason"] and letter["line"] == lines[1]


def test_a_reader_that_is_not_there_is_told_as_without_ray(cluster: Any, wire: Path, tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="there is no reader 'klingon'"):
        on_cluster(crew_rooms.none, wire, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_program_killed_in_the_middle_is_gone_on_with(
    cluster: Any, slow_wire: Path, made_slow: Path, tmp_path: Path
) -> None:
    """Its actors end with it; the next run leaves alone what is done."""
    out = tmp_path / "out"
    command = (slow_wire, "-o", out, "--engine", "ray", "--workers", "2", *SHARD_MB)
    process = start(*command)
    until(lambda: len(done(out)) >= 2, process)
    kill(process)
    before = {p: p.stat().st_ino for p in out.rglob("records/*")}
    finished = len(done(out))
    assert finished < 10
    code, said = call(*command)
    assert code == 3, said
    assert f"{finished} of them done before" in said
    after = {p: p.stat().st_ino for p in out.rglob("records/*")}
    assert sum(after.get(p) == inode for p, inode in before.items()) >= finished
    assert tree(out) == tree(made_slow)


def test_a_machine_that_goes_down_in_the_middle_changes_nothing(
    cluster: Any, slow_wire: Path, made_slow: Path, tmp_path: Path
) -> None:
    """Its shard is coded by the other; the output is that of an undisturbed run, each report there once."""
    out = tmp_path / "out"
    (node,) = cluster.worker_nodes
    process = start(slow_wire, "-o", out, "--engine", "ray", "--workers", "2", *SHARD_MB)
    # two shards in work at once: one on each machine, since each has one processor
    until(lambda: len(done(out)) >= 2 and at_work(out) >= 2, process)
    cluster.remove_node(node, allow_graceful=False)
    finished = len(done(out))
    try:
        said, _ = process.communicate(timeout=300)
    finally:
        cluster.add_node(**NODE)
    assert process.returncode == 3, said
    assert finished < 10
    assert tree(out) == tree(made_slow)


def at_work(output: Path) -> int:
    """How many shards are being written."""
    return len({part.name.rpartition("-")[0] for part in (output / "_parts").glob("*")})


def test_parquet_goes_from_s3_to_s3(cluster: Any, bucket: str, tmp_path: Path) -> None:
    """By addresses alone, with a manifest."""
    import json

    import pyarrow as pa
    from pyarrow import dataset, fs, parquet

    server = os.environ["AWS_ENDPOINT_URL"].removeprefix("http://")
    s3 = fs.S3FileSystem(endpoint_override=server, scheme="http", region="us-east-1")
    rows = [
        {"id": f"s{n}", "text": (VOW, DEED, DULL, "Unknown.")[n % 4], "date": "2019-05-03"} for n in range(40)
    ]
    parquet.write_table(
        pa.Table.from_pylist(rows), "wires/in/2019/a.parquet", filesystem=s3, row_group_size=10
    )
    command = (f"{bucket}/in/*/*.parquet", "-o", f"{bucket}/out", "--engine", "ray", "--format", "parquet")
    more = ("--partition", "year", "--shard-mb", "0.0001")
    # the nodes were up before the server was, so that the address tells them where it is
    where = f"?endpoint_override={server}&scheme=http&region=us-east-1"
    code, said = call(f"{command[0]}{where}", "-o", f"{command[2]}{where}", *command[3:], *more)
    assert code == 3, said
    assert "30 records" in said
    told = json.loads(s3.open_input_stream("wires/out/_manifest.json").read())
    assert (told["records"], told["dead"], len(told["shards"])) == (30, 10, 4)
    table = dataset.dataset("wires/out/records", filesystem=s3, partitioning="hive").to_table()
    assert sorted(table["id"].to_pylist()) == sorted(row["id"] for row in rows if row["text"] != "Unknown.")
    names = {
        info.path for info in s3.get_file_info(fs.FileSelector("wires/out", recursive=True)) if info.is_file
    }
    assert names == {
        f"wires/out/{f['file']}" for s in told["shards"] for f in (*s["files"], s["dead_letters"])
    } | {
        "wires/out/_manifest.json",
        "wires/out/_job.json",
    }


def test_without_a_cluster_one_worker_runs_on_this_machine_and_listens_on_loopback_alone(
    slow_wire: Path, made_slow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'saydo[ray]')")
    for name in ("ADDRESS", "AUTH_MODE", "ENABLE_WINDOWS_OR_OSX_CLUSTER", "USAGE_STATS_ENABLED"):
        monkeypatch.delenv(f"RAY_{name}", raising=False)
    process = start(
        slow_wire,
        "-o",
        tmp_path / "out",
        "--engine",
        "ray",
        *SHARD_MB,
        SAYDO_TEST_SLOW="1",
        RAY_AUTH_TOKEN=TOKEN,
        SAYDO_TEST_MARK=str(tmp_path),
    )
    until(lambda: len(done(tmp_path / "out")) >= 1, process)
    addresses = listening(f"SAYDO_TEST_MARK={tmp_path}")
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 3, said
    assert tree(tmp_path / "out") == tree(made_slow)
    assert len(addresses) > 3
    assert all(address.is_loopback for address in addresses)


def listening(mark: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The addresses on which processes listen that have this mark in their environment."""
    inodes = set()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() not in (place / "environ").read_bytes().split(b"\0"):
                continue
            links = [os.readlink(each) for each in (place / "fd").iterdir()]  # noqa: PTH115
        except OSError:
            continue
        inodes |= {link[8:-1] for link in links if link.startswith("socket:[")}
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                words = bytes.fromhex(fields[1].partition(":")[0])
                # the kernel writes each word of 32 bits the other way round
                turned = b"".join(words[n : n + 4][::-1] for n in range(0, len(words), 4))
                address = ipaddress.ip_address(turned)
                found.append(getattr(address, "ipv4_mapped", None) or address)
    return found


def test_the_commands_of_ray_in_the_guide_are_commands_of_ray() -> None:
    """With options that they have; what they start, and `ray stop` ends, is not this test's to start and end."""
    import shlex

    pytest.importorskip("ray", reason="Ray is not installed (pip install 'saydo[ray]')")
    from ray.scripts.scripts import cli

    guide = Path(__file__).parents[2] / "docs/guide/cluster.md"
    text = guide.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ray ")]
    for line in [*lines, *re.findall(r"`(ray start [^`]+)`", text)]:
        _, name, *words = shlex.split(line)
        command = cli.get_command(None, name)
        assert command is not None, line
        command.make_context(name, words)
    assert len(lines) == 3


def test_a_cluster_that_is_not_there_is_told_in_one_line(wire: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'saydo[ray]')")
    code, said = call(wire, "-o", tmp_path / "out", "--engine", "ray", RAY_ADDRESS="nowhere at all")
    assert code == 1, said
    assert "no Ray cluster at nowhere at all" in said and said.count("\n") == 1


def test_where_ray_is_not_installed_that_is_told_in_one_line(
    wire: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SaydoError, match=r"install it with `pip install 'saydo\[ray\]'`"):
        on_cluster(SCRIPTED, wire, tmp_path / "out")

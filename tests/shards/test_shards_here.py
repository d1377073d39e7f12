"""``saydo code`` to a folder on this machine: shards, manifest, dead letters, going on."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_reader import DEED, DULL, VOW
from shard_making import call, done, kill, manifest, records, start, tree, until, write_wire
from shard_reader import reader

from saydo import codebook
from saydo.cli.sharding import standing
from saydo.desk import Crew
from saydo.desk.coder import Coder
from saydo.desk.corridor import corridor
from saydo.desk.shards import Entry, Here, ShardSummary, Standing, code_shards, make_job
from saydo.desk.shards.plan import plan
from saydo.desk.shards.reading import read
from saydo.intake import Limits
from saydo.model.errors import InputError, SaydoError
from saydo.model.records import Record

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
SMALL = {"shard_bytes": 2_000}


def coder() -> Coder:
    return Coder(reader(), codebook.load(), corridor())


@pytest.fixture(scope="module")
def here() -> Here:
    return Here(coder())


def run(
    here: Here,
    source: Path | str,
    out: Path | str,
    form: str = "jsonl",
    every: str | None = None,
    **more: Any,
) -> ShardSummary:
    return code_shards(make_job([str(source)], str(out), form, every, **{**SMALL, **more}), here)


@pytest.fixture(scope="module")
def made(wire: Path, here: Here, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed run."""
    out = tmp_path_factory.mktemp("made") / "out"
    run(here, wire, out)
    return out


def ids(folder: Path) -> list[object]:
    return [record["id"] for record in records(folder)]


# --- what is written --------------------------------------------------------------------------------


def test_every_report_is_in_one_shard_and_the_manifest_says_what_came_of_it(wire: Path, made: Path) -> None:
    """In the order of the input; nothing but what the manifest names is left in the folder."""
    bad = [n for n in range(200) if n % 37 == 5]
    assert ids(made) == [f"r{n}" for n in range(200) if n not in bad]
    told = manifest(made)
    assert (told["records"], told["dead"]) == (200 - len(bad), len(bad))
    shards = [Entry.model_validate(each) for each in told["shards"]]  # type: ignore[attr-defined]
    assert len(shards) > 8
    assert sum(entry.records for entry in shards) == told["records"]
    named = {file.file for entry in shards for file in entry.all_files}
    assert set(tree(made)) == named | {"_manifest.json", "_job.json"}
    assert {entry.input for entry in shards} == {str(wire / "a.jsonl"), str(wire / "b.jsonl")}
    assert all(entry.coder.reader == "scripted for the command line" for entry in shards)


def test_a_bad_line_is_a_dead_letter_with_its_place_its_reason_and_itself(here: Here, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "good", "text": DULL}),
        '{"id": "cut',
        "",
        json.dumps({"id": "strange", "text": "Never read before."}),
        json.dumps({"id": "good", "text": DEED}),
        json.dumps({"id": "good", "text": DULL, "title": "given twice"}),
    ]
    (tmp_path / "wire.jsonl").write_bytes("\n".join(lines).encode() + b'\n{"text": "\xff"}\n')
    summary = run(here, tmp_path / "wire.jsonl", tmp_path / "out", shard_bytes=10_000)
    assert (summary.records, summary.dead, summary.repeated) == (1, 4, 1)
    (file,) = (tmp_path / "out/dead-letters").iterdir()
    letters = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert letters[0]["reason"].startswith("the line is broken JSON")
    assert [letter["id"] for letter in letters] == [None, "strange", None, None]
    assert letters[0]["line"] == '{"id": "cut'
    assert letters[0]["where"].endswith(f"wire.jsonl@{len(lines[0]) + 1}")
    assert "already that of another report" in letters[2]["reason"]
    assert "not UTF-8" in letters[3]["reason"]


@pytest.mark.parametrize("size", [1, 7, 64, 300, 10**9])
def test_wherever_a_file_is_cut_every_line_is_in_one_shard(tmp_path: Path, size: int) -> None:
    """Lines of all lengths, empty ones, line ends of Windows, and none after the last line."""
    lines = [b"x" * (n * n % 91) + (b"\r\n" if n % 5 == 0 else b"\n") for n in range(60)] + [b"the last"]
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    job = make_job([str(tmp_path / "a.jsonl")], str(tmp_path / "out"), "jsonl", None, shard_bytes=size)
    shards = plan(job).shards
    assert len({shard.name for shard in shards}) == len(shards)
    assert [held.data for shard in shards for held in read(shard, Limits())] == lines


def test_a_packed_file_is_one_shard_and_a_damaged_one_keeps_what_came_before(
    here: Here, tmp_path: Path
) -> None:
    text = write_wire(tmp_path / "wire.jsonl", 3).read_bytes()
    noise = b"".join(b'{"id": "n%d", "text": "It rained.", "x": "%d"}\n' % (n, n * 7919) for n in range(900))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/whole.jsonl.gz").write_bytes(gzip.compress(text))
    (tmp_path / "in/cut.jsonl.gz").write_bytes(gzip.compress(text + noise)[:-500])
    summary = run(here, tmp_path / "in", tmp_path / "out")
    assert summary.shards == 2
    assert ids(tmp_path / "out")[-3:] == ["r0", "r1", "r2"]
    assert summary.records > 100
    (file,) = (tmp_path / "out/dead-letters").iterdir()
    assert "cut short" in json.loads(file.read_text(encoding="utf-8"))["reason"]


def test_parquet_goes_in_and_comes_out_with_every_field_of_a_record(here: Here, tmp_path: Path) -> None:
    """Days and numbers of other columns do no harm; records read back are those that JSON holds."""
    import datetime

    from pyarrow import dataset, parquet

    rows = [
        {
            "id": f"p{n}",
            "text": (VOW, DEED)[n % 2],
            "date": datetime.date(2019, 5 + n % 3, 1),
            "n": n,
            "tags": ["a"],
        }
        for n in range(30)
    ]
    (tmp_path / "in").mkdir()
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "in/p.parquet", row_group_size=7)
    run(here, tmp_path / "in", tmp_path / "rows", "parquet", "month", shard_bytes=1)
    run(here, tmp_path / "in", tmp_path / "lines", shard_bytes=1)
    table = dataset.dataset(tmp_path / "rows/records", partitioning="hive").to_table()
    assert set(table["month"].to_pylist()) == {"2019-05", "2019-06", "2019-07"}
    back = [Record.model_validate(row) for row in table.drop_columns(["month"]).to_pylist()]
    written = {str(each["id"]): Record.model_validate(each) for each in records(tmp_path / "lines")}
    assert len(back) == 30
    assert {record.id: record for record in back} == written
    assert all(record.events and record.date for record in back)
    assert len(manifest(tmp_path / "rows")["shards"]) == 5  # type: ignore[arg-type]


def test_records_without_a_date_have_a_partition_of_their_own(here: Here, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": DULL}) + "\n" + json.dumps({"text": VOW, "date": "2019-05-03"})
    )
    run(here, tmp_path / "a.jsonl", tmp_path / "out", every="day")
    assert sorted(p.name for p in (tmp_path / "out/records").iterdir()) == [
        "day=2019-05-03",
        "day=__HIVE_DEFAULT_PARTITION__",
    ]


def test_several_processes_write_the_same_bytes(wire: Path, here: Here, tmp_path: Path) -> None:
    """Dead letters too, which come from intake and from coding and keep the order of the lines."""
    broken = tmp_path / "in"
    shutil.copytree(wire, broken)
    with (broken / "a.jsonl").open("a") as out:
        for n in range(40):
            out.write('{"id": "cut\n' + json.dumps({"id": f"x{n}", "text": ("Unknown.", DULL)[n % 2]}) + "\n")
    run(here, broken, tmp_path / "one")
    with Crew(coder, 2) as crew:
        run(Here(crew), broken, tmp_path / "two")
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


def test_how_far_it_is_stands_in_one_line() -> None:
    line = standing(
        Standing(done=1200, shards=4000, kept=200, reports=90_000, words=36_000_000, seconds=1800.0)
    )
    assert line == (
        "1,200 of 4,000 shards (200 done before), 2,800 left · 90,000 reports · 50.0/s · 20,000 words/s"
    )


# --- going on ---------------------------------------------------------------------------------------


class Stops:
    """An engine that is stopped after so many shards, with the next one half written."""

    def __init__(self, here: Here, after: int) -> None:
        self._here, self._after = here, after
        self.info = here.info
        self.coded: list[str] = []

    def work(self, job: Any, tasks: list[Any]) -> Iterator[Any]:
        before = {task.shard.name: task.held for task in tasks}
        for made in self._here.work(job, tasks):
            if made != before[made.shard]:
                self.coded.append(made.shard)
            if len(self.coded) > self._after:
                raise KeyboardInterrupt
            yield made


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_run_that_was_stopped_does_only_what_is_missing(
    wire: Path, made: Path, here: Here, tmp_path: Path, after: int
) -> None:
    """The shard whose files were there but not its entry is coded again, and is there once."""
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run(Stops(here, after), wire, out)  # type: ignore[arg-type]
    assert len(done(out)) == after
    assert not (out / "_manifest.json").exists()
    again = Stops(here, 10**6)
    summary = run(again, wire, out)  # type: ignore[arg-type]
    assert summary.kept == after
    assert len(again.coded) == summary.shards - after
    assert tree(out) == tree(made)


def test_a_program_killed_in_the_middle_is_gone_on_with(slow_wire: Path, here: Here, tmp_path: Path) -> None:
    """By the same command; what was done is not written anew."""
    out = tmp_path / "out"
    command = (slow_wire, "-o", f"{out}/", "--shard-mb", "0.002")
    process = start(*command, SAYDO_TEST_SLOW="1")
    until(lambda: len(done(out)) >= 2, process)
    kill(process)
    before = {p: p.stat().st_ino for p in out.rglob("records/*")}
    finished = len(done(out))
    code, said = call(*command)
    assert code == 3, said
    assert f"{finished} of them done before" in said and "dead-letters" in said
    after = {p: p.stat().st_ino for p in out.rglob("records/*")}
    assert sum(after.get(p) == inode for p, inode in before.items()) >= finished
    run(here, slow_wire, tmp_path / "undisturbed")
    assert tree(out) == tree(tmp_path / "undisturbed")


def test_a_complete_run_is_left_as_it_is_and_takes_in_what_is_new(
    wire: Path, here: Here, tmp_path: Path
) -> None:
    """A file that has changed is coded anew in place of what it was; one that is gone keeps its records."""
    source, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(wire, source)
    run(here, source, out)
    whole = tree(out)
    assert run(here, source, out).kept == len(manifest(out)["shards"])  # type: ignore[arg-type]
    assert tree(out) == whole
    write_wire(source / "c.jsonl", 3, first=600)
    text = (source / "a.jsonl").read_text()
    (source / "a.jsonl").write_text(text.replace('"r0"', '"q0"'))
    (source / "b.jsonl").unlink()
    run(here, source, out)
    found = ids(out)
    assert "q0" in found and "r0" not in found
    assert {"r600", "r601", "r602", "r199"} <= set(found)
    assert len(found) == len(set(found))
    named = {f["file"] for s in manifest(out)["shards"] for f in s["files"]}  # type: ignore[attr-defined]
    assert {n for n in tree(out) if n.startswith("records/")} == named


def test_what_somebody_else_puts_beside_the_records_is_left_alone(
    wire: Path, made: Path, here: Here, tmp_path: Path
) -> None:
    """What was half written, or belongs to no shard any more, is not."""
    out = tmp_path / "out"
    shutil.copytree(made, out)
    (out / "read me.txt").write_text("for the desk")
    (out / "_parts").mkdir()
    (out / "_parts/half").write_text("{")
    run(here, wire, out)
    assert tree(out) == {**tree(made), "read me.txt": b"for the desk"}


def test_a_file_of_the_output_that_was_lost_is_made_again(
    wire: Path, made: Path, here: Here, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(made, out)
    victims = sorted((out / "records").iterdir())
    victims[1].unlink()
    victims[2].write_bytes(victims[2].read_bytes()[:-10])
    summary = run(here, wire, out)
    assert summary.kept == summary.shards - 2
    assert tree(out) == tree(made)


@pytest.mark.parametrize("more", [{"shard_bytes": 999}, {"date": "2019-05-09"}, {"form": "parquet"}])
def test_an_output_that_was_begun_otherwise_is_refused(
    wire: Path, made: Path, here: Here, tmp_path: Path, more: dict[str, Any]
) -> None:
    """Records of two kinds do not get mixed."""
    out = tmp_path / "out"
    shutil.copytree(made, out)
    with pytest.raises(InputError, match="was begun with"):
        run(here, wire, out, **more)
    assert tree(out) == tree(made)


# --- what goes wrong ----------------------------------------------------------------------------------


def test_a_folder_with_something_else_in_it_is_refused(wire: Path, here: Here, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    with pytest.raises(InputError, match="holds something else"):
        run(here, wire, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_output_among_the_inputs_is_refused(wire: Path, here: Here, tmp_path: Path) -> None:
    """Else its records would be taken for reports the next time."""
    shutil.copytree(wire, tmp_path / "in")
    run(here, tmp_path / "in/a.jsonl", tmp_path / "in/out")
    with pytest.raises(InputError, match="lies inside of the input"):
        run(here, tmp_path / "in", tmp_path / "in/out")


@pytest.mark.parametrize("name", ["nowhere", "nowhere/*.jsonl", "gopher://old/wire.jsonl"])
def test_an_input_that_is_not_there_is_told_in_one_line(here: Here, tmp_path: Path, name: str) -> None:
    source = name if "://" in name else str(tmp_path / name)
    with pytest.raises(SaydoError) as told:
        run(here, source, tmp_path / "out")
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_broken_file_is_listed_and_stops_nothing(here: Here, tmp_path: Path) -> None:
    """Once it is mended, the same command takes it in."""
    from pyarrow import parquet

    write_wire(tmp_path / "in/a.jsonl", 3)
    (tmp_path / "in/b.parquet").write_bytes(b"PAR1 and nothing more")
    parquet.write_table(pa.Table.from_pylist([{"body": "no text"}]), tmp_path / "in/c.parquet")
    summary = run(here, tmp_path / "in", tmp_path / "out")
    assert summary.records == 3 and not summary.complete
    assert [Path(each.origin).name for each in summary.skipped] == ["b.parquet", "c.parquet"]
    not_read = manifest(tmp_path / "out")["not_read"]
    assert [Path(each["input"]).name for each in not_read] == ["b.parquet", "c.parquet"]  # type: ignore[attr-defined]
    parquet.write_table(pa.Table.from_pylist([{"id": "b", "text": VOW}]), tmp_path / "in/b.parquet")
    assert run(here, tmp_path / "in", tmp_path / "out").records == 4
    assert ids(tmp_path / "out") == ["r0", "r1", "r2", "b"]


def test_a_pattern_takes_what_it_says(here: Here, tmp_path: Path) -> None:
    for n, name in enumerate(("2019/may/a.jsonl", "2019/a.jsonl", "2020/may/a.jsonl", "2019/may/b.ndjson")):
        write_wire(tmp_path / name, 1, first=10 * n)
    run(here, tmp_path / "2019/**/*.jsonl", tmp_path / "deep")
    assert sorted(map(str, ids(tmp_path / "deep"))) == ["r0", "r10"]
    run(here, tmp_path / "20?9/may/*", tmp_path / "flat")
    assert sorted(map(str, ids(tmp_path / "flat"))) == ["r0", "r30"]


def test_other_file_systems_come_by_their_address(wire: Path, made: Path, here: Here) -> None:
    """Whatever fsspec knows; here one in memory."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    run(here, wire, "memory://coded/out")
    memory = fsspec.filesystem("memory")
    files = {name.removeprefix("/coded/out/"): memory.cat(name) for name in memory.find("/coded/out")}
    assert files == tree(made)


def test_lines_go_from_s3_to_s3(bucket: str, here: Here) -> None:
    """The server, the keys and the region are found as the tools of S3 find them, in the environment."""
    from pyarrow import fs

    server = os.environ["AWS_ENDPOINT_URL"].removeprefix("http://")
    s3 = fs.S3FileSystem(endpoint_override=server, scheme="http", region="us-east-1")
    for name, text in (("2019/a", VOW), ("2019/b", "Unknown."), ("2020/c", DEED)):
        with s3.open_output_stream(f"wires/lines/{name}.jsonl") as out:
            out.write(json.dumps({"id": name, "text": text}).encode())
    stopped = Stops(here, 1)
    with pytest.raises(KeyboardInterrupt):
        run(stopped, f"{bucket}/lines/*/*.jsonl", f"{bucket}/coded")  # type: ignore[arg-type]
    summary = run(here, f"{bucket}/lines/*/*.jsonl", f"{bucket}/coded")
    assert (summary.records, summary.dead, summary.kept) == (2, 1, 1)
    told = json.loads(s3.open_input_stream("wires/coded/_manifest.json").read())
    assert [shard["input"] for shard in told["shards"]] == [
        f"s3://wires/lines/{name}.jsonl" for name in ("2019/a", "2019/b", "2020/c")
    ]
    files = s3.get_file_info(fs.FileSelector("wires/coded", recursive=True))
    assert sum(info.is_file for info in files) == 5


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "x.jsonl", "--engine", "spark"], "'spark' is no engine"),
        (["--engine", "ray"], "give a folder or an address with -o"),
        (["-o", "out/", "--format", "xml"], "'xml' is no format"),
        (["-o", "out/", "--partition", "week"], "'week' is no span"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_one_line(wire: Path, options: list[str], told: str) -> None:
    code, said = call(wire, *options)
    assert code == 1
    assert told in said and said.count("\n") == 1

"""A small wire, and a server of S3 on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# readers that other rooms' tests made
sys.path[:0] = [str(Path(__file__).parents[1] / "cli"), str(Path(__file__).parents[1] / "desk")]

from shard_making import write_wire  # noqa: E402


@pytest.fixture(scope="session")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files of reports, 200 in all, six of which cannot be coded."""
    folder = tmp_path_factory.mktemp("wire")
    write_wire(folder / "a.jsonl", 120)
    write_wire(folder / "b.jsonl", 80, first=120)
    return folder


@pytest.fixture(scope="session")
def slow_wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 200 reports over which the reader takes its time, where the environment says so."""
    return write_wire(tmp_path_factory.mktemp("slow") / "slow.jsonl", 200, title="slow")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of an empty bucket; pyarrow finds its server by the environment, as a user's would."""
    server = Path(sys.prefix) / "s3" / "bin" / "moto_server"
    if not server.exists():
        if os.environ.get("CI"):
            raise AssertionError(f"CI needs {server}, which `make test` installs")
        pytest.skip("the server of S3 is not installed; `make test` does")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(server), "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                patch.setenv(name, "testing")
            patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
            _await(process, port)
            _create("wires", port)
            yield "s3://wires"
    finally:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    last = time.monotonic() + 60
    while time.monotonic() < last and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server of S3 did not come up")


def _create(name: str, port: int) -> None:
    from pyarrow import fs

    fs.S3FileSystem(
        endpoint_override=f"127.0.0.1:{port}", scheme="http", region="us-east-1", allow_bucket_creation=True
    ).create_dir(name)

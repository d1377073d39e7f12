"""Time stamps over the head of a log, against an authority on this machine made of ``openssl ts``."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saydo.desk import back_up, case_head, check_stamps, keep_stamp, request_stamp, restore, stamp
from saydo.desk.integrity import read_head
from saydo.model.document import Document
from saydo.model.errors import InputError
from saydo.store import SqliteStore
from saydo.store.verify import verify
from saydo.web import create_app

if not os.environ.get("CI"):
    pytest.importorskip("rfc3161_client", reason="stamps need: pip install 'saydo[timestamp]'")
    if shutil.which("openssl") is None:
        pytest.skip("the authority of these tests is made of openssl", allow_module_level=True)

_SETTINGS = """
[tsa]
default_tsa = here
[here]
serial = {place}/serial
crypto_device = builtin
digests = sha256
default_policy = 1.2.3.4.1
ess_cert_id_alg = sha256
signer_digest = sha256
"""
_EXTENSIONS = (
    "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
)

LONG = f"/O={'o' * 60}/OU={'u' * 60}/L={'l' * 60}"
"""A name that makes a certificate longer than one that it signs: openssl sends them in the order given, and
the standard wants the shorter one first."""


def openssl(*arguments: str | Path, at: Path) -> bytes:
    made = subprocess.run(["openssl", *map(str, arguments)], cwd=at, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    return made.stdout


class Authority:
    """A root, a certificate for stamping, and what answers requests with them."""

    def __init__(self, place: Path, subject: str = "") -> None:
        self.place, self.root = place, place / "root.pem"
        place.mkdir()
        (place / "settings").write_text(_SETTINGS.format(place=place))
        (place / "extensions").write_text(_EXTENSIONS)
        (place / "serial").write_text("01\n")
        key = ("-newkey", "rsa:2048", "-nodes")
        openssl("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-subj", f"{subject}/CN=Root of {place.name}",
                "-days", "30", at=place)  # fmt: skip
        openssl("req", *key, "-keyout", "stamp.key", "-out", "stamp.csr", "-subj", "/CN=Stamp", at=place)
        openssl("x509", "-req", "-in", "stamp.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
                "-out", "stamp.pem", "-days", "20", "-extfile", "extensions", at=place)  # fmt: skip

    def answer(self, query: bytes, *more: str | Path) -> bytes:
        (self.place / "query").write_bytes(query)
        openssl("ts", "-reply", "-queryfile", "query", "-config", "settings", "-signer", "stamp.pem", "-inkey",
                "stamp.key", "-out", "reply", *more, at=self.place)  # fmt: skip
        return (self.place / "reply").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "other")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    with SqliteStore.for_writing(tmp_path / "case") as store:
        store.add(Document("a", "The dam held."), b"The dam held.", "text/plain", "a.txt")
    return tmp_path / "case"


@pytest.fixture
def served(authority: Authority) -> Iterator[str]:
    """The authority behind an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if self.path == "/stamp" else 404)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def head(case: Path) -> object:
    with SqliteStore.for_reading(case) as store:
        return case_head(store)


def test_a_head_is_stamped_and_the_stamp_leads_to_the_root(
    case: Path, served: str, authority: Authority
) -> None:
    made = stamp(case, f"{served}/stamp")
    assert made.head == head(case) and made.at.startswith("20") and made.fault == ""
    (found,) = check_stamps(case, [authority.root])
    assert found.signed and found.fault == "" and found.head == head(case)
    (unchecked,) = check_stamps(case)
    assert not unchecked.signed and "signature was not checked" in unchecked.note


def test_the_page_of_the_log_shows_the_stamps_and_whether_the_log_leads_to_their_heads(
    case: Path, authority: Authority
) -> None:
    with TestClient(create_app(case), base_url="http://127.0.0.1") as client:
        assert "None yet" in client.get("/audit/chain").text
        path, query = request_stamp(case)
        [waits] = client.get("/api/v1/audit/stamps").json()
        assert (waits["at"], waits["note"]) == ("", "waits for its stamp")
        keep_stamp(case, authority.answer(query))
        [told] = client.get("/api/v1/audit/stamps").json()
        assert (
            told["at"] and not told["fault"] and told["head"]["sha256"] == read_head(path.read_bytes()).hash
        )
        page = client.get("/audit/chain").text
        assert told["at"][:10] in page and "The log leads to it." in page
        path.write_bytes(path.read_bytes().replace(told["head"]["sha256"].encode(), b"0" * 64))
        [told] = client.get("/api/v1/audit/stamps").json()
        assert "is not what was stamped" in told["fault"]
        path.with_suffix(".tsr").unlink()
        [told] = client.get("/api/v1/audit/stamps").json()
        assert "the log does not lead to the head" in told["fault"]
        assert "does not hold" in client.get("/audit/chain").text


def test_the_same_by_files_without_a_network(case: Path, authority: Authority) -> None:
    kept, query = request_stamp(case)
    (waiting,) = check_stamps(case, [authority.root])
    assert waiting.note == "waits for its stamp"
    assert keep_stamp(case, authority.answer(query)).name == f"stamps/{kept.name}"
    assert check_stamps(case, [authority.root])[0].signed


def test_any_tool_can_check_the_stamp(case: Path, authority: Authority) -> None:
    kept, query = request_stamp(case)
    keep_stamp(case, authority.answer(query))
    said = openssl("ts", "-verify", "-data", kept, "-in", kept.with_suffix(".tsr"), "-CAfile", authority.root,
                   at=authority.place)  # fmt: skip
    assert b"Verification: OK" in said


def test_a_stamped_head_finds_a_log_that_was_cut_off_later(case: Path, authority: Authority) -> None:
    """The stamp says when the head was so; the head says what was there then."""
    import sqlite3

    _, query = request_stamp(case)
    keep_stamp(case, authority.answer(query))
    db = sqlite3.connect(case / "case.db", isolation_level=None)
    (guard,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_stays'").fetchone()
    db.execute("DROP TRIGGER audit_stays")
    db.execute("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    db.execute(guard)
    db.close()
    heads = [each.head for each in check_stamps(case, [authority.root]) if each.head]
    assert any("cut off" in fault.line for fault in verify(case, heads).faults)


def test_a_stamp_of_somebody_else_is_not_trusted(
    case: Path, authority: Authority, stranger: Authority
) -> None:
    _, query = request_stamp(case)
    keep_stamp(case, stranger.answer(query))
    (found,) = check_stamps(case, [authority.root])
    assert not found.signed and "not signed by whom you trust" in found.fault


def test_a_root_that_comes_with_the_stamp_itself_is_not_trusted(
    case: Path, authority: Authority, tmp_path: Path
) -> None:
    """Anybody can make a root and send it along: only the roots that were given count."""
    own = Authority(tmp_path / "own", LONG)
    keep_stamp(case, own.answer(request_stamp(case)[1], "-chain", "root.pem"))
    (found,) = check_stamps(case, [authority.root])
    assert not found.signed and "not signed by whom you trust" in found.fault
    assert check_stamps(case, [own.root])[0].signed


def test_a_certificate_between_that_comes_with_the_stamp_leads_to_the_root(
    case: Path, tmp_path: Path
) -> None:
    made, key = Authority(tmp_path / "made", LONG), ("-newkey", "rsa:2048", "-nodes")
    (made.place / "may_sign").write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
    openssl(
        "req", *key, "-keyout", "mid.key", "-out", "mid.csr", "-subj", f"{LONG}/CN=Between", at=made.place
    )
    openssl("x509", "-req", "-in", "mid.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out",
            "mid.pem", "-days", "25", "-extfile", "may_sign", at=made.place)  # fmt: skip
    openssl("x509", "-req", "-in", "stamp.csr", "-CA", "mid.pem", "-CAkey", "mid.key", "-CAcreateserial", "-out",
            "stamp.pem", "-days", "20", "-extfile", "extensions", at=made.place)  # fmt: skip
    keep_stamp(case, made.answer(request_stamp(case)[1], "-chain", "mid.pem"))
    assert check_stamps(case, [made.root])[0].signed


def test_a_head_changed_after_it_was_stamped_is_found(case: Path, authority: Authority) -> None:
    kept, query = request_stamp(case)
    keep_stamp(case, authority.answer(query))
    kept.write_bytes(kept.read_bytes().replace(b'"case":"case"', b'"case":"other"'))
    (found,) = check_stamps(case, [authority.root])
    assert "not what was stamped" in found.fault
    kept.write_bytes(b"{}")
    assert "holds no head" in check_stamps(case, [authority.root])[0].fault


MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_stamp_with_a_changed_byte_never_passes_for_another(
    case: Path, authority: Authority, place: float, flip: int
) -> None:
    """It is no stamp any more, or not signed; or the byte was outside of what is signed, and it says the same."""
    if not (case / "stamps").is_dir():
        keep_stamp(case, authority.answer(request_stamp(case)[1]))
    (path,) = (case / "stamps").glob("*.tsr")
    before = path.read_bytes()
    (whole,) = check_stamps(case, [authority.root])
    data = bytearray(before)
    data[int(place * len(data))] ^= flip
    path.write_bytes(data)
    (found,) = check_stamps(case, [authority.root])
    path.write_bytes(before)
    assert found.fault or (found.signed and (found.at, found.head) == (whole.at, whole.head))


@MANY
@given(st.binary(max_size=200))
def test_what_is_no_answer_is_refused_in_one_line(case: Path, data: bytes) -> None:
    with pytest.raises(InputError, match="no time stamp"):
        keep_stamp(case, data)


def test_an_answer_about_something_else_is_refused(case: Path, authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("something else")
    openssl("ts", "-query", "-data", "other", "-sha256", "-cert", "-out", "query", at=tmp_path)
    with pytest.raises(InputError, match="stamps no head"):
        keep_stamp(case, authority.answer((tmp_path / "query").read_bytes()))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/elsewhere", "answered 404"),
        ("ftp://stamp.example", "no address"),
        ("http://127.0.0.1:9/", "cannot be asked"),
    ],
)
def test_an_authority_that_cannot_be_asked_is_told_in_one_line(
    case: Path, served: str, address: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        stamp(case, served + address if address.startswith("/") else address)


def test_an_authority_that_answers_with_rubbish_is_told(case: Path) -> None:
    def send(address: str, query: bytes) -> bytes:
        return b"<html>"

    with pytest.raises(InputError, match="no time stamp"):
        stamp(case, "http://stamp.example", send)


def test_stamps_travel_with_a_backup(case: Path, authority: Authority, tmp_path: Path) -> None:
    keep_stamp(case, authority.answer(request_stamp(case)[1]))
    back_up(case, tmp_path / "case.zip")
    restore(tmp_path / "case.zip", tmp_path / "other")
    assert check_stamps(tmp_path / "other", [authority.root]) == check_stamps(case, [authority.root])


def test_a_file_without_certificates_is_told(case: Path, authority: Authority, tmp_path: Path) -> None:
    keep_stamp(case, authority.answer(request_stamp(case)[1]))
    (tmp_path / "empty.pem").write_text("nothing")
    for path in (tmp_path / "empty.pem", tmp_path / "nowhere.pem"):
        with pytest.raises(InputError, match="certificates"):
            check_stamps(case, [path])

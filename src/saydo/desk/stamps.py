"""Time stamps over the head of a log (RFC 3161): asked for, kept beside the case, and checked.

What is stamped is the file of the head as :func:`saydo.desk.integrity.head_file` makes it, so that any tool
can check the stamp: ``openssl ts -verify -data HEAD.json -in HEAD.tsr -CAfile ROOTS.pem``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

from saydo.desk.case import open_case
from saydo.desk.files import whole_bytes
from saydo.desk.integrity import STAMPS, case_head, head_file, read_head
from saydo.model.audit import Head
from saydo.model.errors import InputError, StoreError
from saydo.model.store import CaseStore

_SECONDS = 30.0
_MOST = 1_000_000
"""Bytes that an answer may have; a few thousand are usual."""
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
Send = Callable[[str, bytes], bytes]


class Stamp(NamedTuple):
    """A head that was stamped, and what can be said of its stamp."""

    name: str
    """The head's file in the case."""
    head: Head | None
    """None where the file holds none."""
    at: str
    """When it was stamped, by the authority; empty where that cannot be read."""
    signed: bool
    """Whether the signature was checked and leads to a root that was given."""
    fault: str
    """What is wrong; empty where nothing is."""
    note: str = ""
    """What was not checked, and why."""


def request_stamp(case: Path) -> tuple[Path, bytes]:
    """Keeps the present head in the case to be stamped; gives its file and the request. The request goes to
    an authority, by whatever way; its answer comes back with :func:`keep_stamp`."""
    library = _library()
    path = _keep_head(case)
    builder = library.TimestampRequestBuilder().data(path.read_bytes())
    # no number used once: the answer may come days later and must be told from any other by the head alone
    made = builder.hash_algorithm(library.HashAlgorithm.SHA256).nonce(nonce=False).build()
    return path, made.as_bytes()


def keep_stamp(case: Path, answer: bytes) -> Stamp:
    """Keeps an authority's answer beside the head that it stamps. Raises InputError for an answer that is
    none, was refused, or stamps no head of this case."""
    response = _response(answer)
    if response.status not in (0, 1):
        said = "; ".join(response.status_string) or f"status {response.status}"
        raise InputError(f"the authority refused to stamp: {said}")
    imprint = response.tst_info.message_imprint.message
    for path in sorted((case / STAMPS).glob("*.json")):
        if hashlib.sha256(path.read_bytes()).digest() == imprint:
            with whole_bytes(path.with_suffix(".tsr")) as out:
                out.write(answer)
            return check_stamp(path, ())
    raise InputError(
        f"the answer stamps no head of {case}; ask for it with --request first, and hand back that answer"
    )


def stamp(case: Path, authority: str, send: Send | None = None) -> Stamp:
    """Asks an authority, by its address, for a stamp over the present head and keeps it."""
    _, query = request_stamp(case)
    return keep_stamp(case, (send or _send)(authority, query))


def check_stamps(case: Path, roots: Sequence[Path] = ()) -> tuple[Stamp, ...]:
    """All heads that were kept in the case to be stamped, in order, each with what its stamp tells."""
    return tuple(check_stamp(path, roots) for path in sorted((case / STAMPS).glob("*.json")))


def shown_stamps(store: CaseStore, case: Path) -> tuple[Stamp, ...]:
    """The same for a page: signatures unchecked, the log held against each head. Raises StoreError."""
    made = []
    for each in check_stamps(case):
        entry = store.audit_at(each.head.number) if each.head and not each.fault else None
        if each.head and not each.fault and (entry is None or entry.hash != each.head.hash):
            fault = f"{each.name}: the log does not lead to the head that was stamped"
            each = each._replace(fault=fault)
        made.append(each)
    return tuple(made)


def check_stamp(path: Path, roots: Sequence[Path]) -> Stamp:
    """One of them. The signature is checked where ``roots``, files of certificates that one trusts (PEM), are
    given."""
    data = path.read_bytes()
    name = f"{STAMPS}/{path.name}"
    try:
        head = read_head(data)
    except ValueError:
        return Stamp(name, None, "", False, f"{name}: was changed: it holds no head")
    answer = path.with_suffix(".tsr")
    if not answer.is_file():
        return Stamp(name, head, "", False, "", "waits for its stamp")
    try:
        response = _response(answer.read_bytes())
        told = response.tst_info
    except StoreError as error:
        return Stamp(name, head, "", False, "", str(error))
    except (InputError, ValueError):
        return Stamp(name, head, "", False, f"{STAMPS}/{answer.name}: was changed: it is no time stamp")
    at = told.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if told.message_imprint.message != hashlib.sha256(data).digest():
        return Stamp(
            name, head, at, False, f"{name}: is not what was stamped; it was changed since, or its stamp was"
        )
    if not roots:
        return Stamp(name, head, at, False, "", "the signature was not checked: --roots FILE.pem")
    wrong = _unsigned(response, data, roots)
    return Stamp(name, head, at, not wrong, f"{name}: {wrong}" if wrong else "")


def _unsigned(response: Any, data: bytes, roots: Sequence[Path]) -> str:
    """Why a signature does not lead to a root; empty where it does."""
    builder = _library().VerifierBuilder()
    for root in roots:
        for certificate in _certificates(root):
            builder = builder.add_root_certificate(certificate)
    try:
        # Certificates that came with the stamp help to find the way to a root by themselves. They must not be
        # given as intermediate ones: the library trusts those like roots, and anybody can send his own.
        builder.build().verify_message(response, data)
    except Exception as error:  # whatever its parsers make of bytes that somebody else wrote
        told = " ".join(str(error).split()) or type(error).__name__
        return f"its stamp is not signed by whom you trust ({told})"
    return ""


def _certificates(path: Path) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return list(load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give a file of certificates (PEM)"
        ) from None
    except ValueError:
        raise InputError(f"{path}: holds no certificates; give a file of certificates (PEM)") from None


def _keep_head(case: Path) -> Path:
    with closing(open_case(case)) as store:
        head = case_head(store)
    path = case / STAMPS / f"{head.number:09d}-{head.hash[:16]}.json"
    if not path.is_file():
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path.parent}: cannot be made ({error.strerror}); check its permissions"
            ) from None
        with whole_bytes(path) as out:
            out.write(head_file(case.resolve().name, head).encode("ascii"))
    return path


def _response(answer: bytes) -> Any:
    if len(answer) > _MOST:
        raise InputError(f"the answer has {len(answer):,} bytes; that is no time stamp")
    library = _library()
    try:
        response = library.decode_timestamp_response(answer)
        if response.status in (0, 1):
            _ = response.tst_info.gen_time  # what can be read of it, must be
        return response
    except Exception as error:  # whatever its parser makes of bytes that somebody else wrote
        raise InputError(
            "the answer is no time stamp (RFC 3161); check the address of the authority"
        ) from error


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError:
        raise StoreError(
            "time stamps need a library that is not installed: pip install 'saydo[timestamp]'"
        ) from None
    return rfc3161_client


def _send(authority: str, query: bytes) -> bytes:
    import httpx

    if not authority.startswith(("http://", "https://")):
        raise InputError(f"{authority!r} is no address of an authority; give one of http or https")
    try:
        answer = httpx.post(
            authority, content=query, timeout=_SECONDS, headers={"Content-Type": _QUERY, "Accept": _REPLY}
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{authority} cannot be asked ({told}); try later, or another authority") from None
    if answer.status_code != 200:
        raise InputError(
            f"{authority} answered {answer.status_code}; check the address, or ask another authority"
        )
    return answer.content

"""Files of any file system that pyarrow or fsspec knows, by path or by address.

What is written takes its name only when it is whole: on a disk by being renamed, in an object store because
there an object appears when its upload has ended.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from saydo.model.errors import InputError, SaydoError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_S3_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


class Found(NamedTuple):
    """A file that was found."""

    path: str
    size: int


class Place(NamedTuple):
    """A file or folder on some file system."""

    fs: Any
    path: str
    scheme: str = ""

    def below(self, name: str) -> Place:
        """What lies in this folder under a relative path."""
        return self._replace(path=posixpath.join(self.path, name))

    def shown(self, path: str | None = None) -> str:
        """As a person would name it."""
        path = self.path if path is None else path
        return f"{self.scheme}://{path.lstrip('/')}" if self.scheme else path


def absolute(name: str) -> str:
    """A path made whole, so that it means the same in another process; an address as it is."""
    if _ADDRESS.match(name):
        return name
    return os.path.abspath(name)  # noqa: PTH100 - a pattern is no path yet


def is_address(name: str) -> bool:
    """Whether it is an address rather than a path."""
    return bool(_ADDRESS.match(name))


@lru_cache(maxsize=64)
def locate(name: str) -> Place:
    """The place that a path or an address names. Raises SaydoError where there is no such file system."""
    try:
        import pyarrow as pa
        from pyarrow import fs
    except ImportError:
        raise SaydoError(
            "coding shard by shard needs pyarrow; install it with `pip install 'saydo[ray]'`"
        ) from None
    if not is_address(name):
        return Place(fs.LocalFileSystem(), name)
    scheme = name.partition("://")[0]
    try:
        try:
            found, path = fs.FileSystem.from_uri(_with_endpoint(name) if scheme == "s3" else name)
        except pa.ArrowInvalid as error:
            if "Unrecognized" not in str(error):
                raise
            found, path = fs.FileSystem.from_uri(f"fsspec+{name}")
    except (ValueError, OSError, ImportError) as error:
        raise SaydoError(f"{name}: no file system is known for it ({_short(error)})") from error
    return Place(found, path.rstrip("/"), "" if scheme == "file" else scheme)


def _with_endpoint(name: str) -> str:
    """The address with the server that the environment names for S3, which pyarrow asks no bucket then."""
    endpoint = next((os.environ[key] for key in _S3_ENDPOINTS if os.environ.get(key)), "")
    if not endpoint or "endpoint_override=" in name:
        return name
    server = urlsplit(endpoint)
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    told = {"endpoint_override": server.netloc, "scheme": server.scheme or "https", "region": region}
    return f"{name}{'&' if '?' in name else '?'}{urlencode(told)}"


def files(name: str, suffixes: tuple[str, ...]) -> tuple[Place, list[Found], int]:
    """The files that a path, a folder or a pattern (``*``, ``?``, ``**``) names, in the order of their
    paths, and how many others were passed over. Raises InputError where there is nothing."""
    base, pattern = _split(name)
    place = locate(base)
    try:
        (info,) = place.fs.get_file_info([place.path])
        if info.is_file:
            return place, [Found(info.path, info.size)], 0
        held = list(_below(place))
    except OSError as error:
        raise InputError(f"{name}: cannot be looked at ({_short(error)})") from error
    if pattern is None:
        held = [each for each in held if not _hidden(each.path[len(place.path) :])]
        taken = [each for each in held if each.path.lower().endswith(suffixes)]
    else:
        wanted = _compiled(pattern)
        held = taken = [e for e in held if wanted.fullmatch(e.path[len(place.path) :].lstrip("/"))]
    if not taken:
        what = "is not there" if not held and pattern is None else f"holds no {' or '.join(suffixes)}"
        raise InputError(f"{name}: {what}; give a file, a folder or a pattern of JSONL or Parquet")
    return place, sorted(taken), len(held) - len(taken)


def _below(place: Place) -> Iterator[Found]:
    from pyarrow import fs

    for info in place.fs.get_file_info(fs.FileSelector(place.path, allow_not_found=True, recursive=True)):
        if info.is_file:
            yield Found(info.path, info.size)


def held(place: Place) -> dict[str, int]:
    """All files below a folder, by their path from there, with their sizes."""
    return {each.path[len(place.path) :].lstrip("/"): each.size for each in _below(place)}


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


def _split(name: str) -> tuple[str, str | None]:
    """The folder that a pattern begins with, and the rest of it; None where it is no pattern."""
    address, query = name, ""
    marks = "*?"
    if is_address(name):
        address, mark, query = name.partition("?")
        query, marks = mark + query, "*"
    if not any(mark in address for mark in marks) or (not is_address(name) and Path(name).exists()):
        return name, None
    parts = address.split("/")
    first = next(n for n, part in enumerate(parts) if any(mark in part for mark in marks))
    return "/".join(parts[:first]) + query, "/".join(parts[first:])


def _compiled(pattern: str) -> re.Pattern[str]:
    kinds = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(kinds.get(part, re.escape(part)) for part in parts))


def get(place: Place) -> bytes | None:
    """What a small file holds; None where there is none."""
    try:
        with place.fs.open_input_stream(place.path, compression=None) as stream:
            data: bytes = stream.read()
            return data
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SaydoError(f"{place.shown()}: cannot be read ({_short(error)})") from error


def put(place: Place, data: bytes) -> None:
    """Writes a small file whole or not at all. Raises SaydoError where it cannot be written."""
    part = place._replace(path=place.path + ".part") if _renames(place) else place
    try:
        with open_new(part) as out:
            out.write(data)
        if part.path != place.path:
            rename(part, place)
    except OSError as error:
        raise unwritten(place, error) from error


def rename(part: Place, place: Place) -> None:
    """Gives a file that is whole its name. Raises OSError."""
    if place.fs.type_name == "local":
        # or a machine that goes down might keep the name and lose what is in the file
        descriptor = os.open(part.path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    if _renames(place):
        place.fs.create_dir(posixpath.dirname(place.path), recursive=True)
    place.fs.move(part.path, place.path)


def open_new(place: Place) -> Any:
    """A stream into a new file, its folders made where the file system has such. Raises OSError."""
    if _renames(place):
        place.fs.create_dir(posixpath.dirname(place.path), recursive=True)
    return place.fs.open_output_stream(place.path, compression=None)


def _renames(place: Place) -> bool:
    # an object store has neither folders nor halves of a file
    return place.fs.type_name not in ("s3", "gcs", "abfs")


def unwritten(place: Place, error: Exception) -> SaydoError:
    """The error for a file that could not be written."""
    return SaydoError(
        f"{place.shown()}: cannot be written ({_short(error)}); see to it and run again, what is done is kept"
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__

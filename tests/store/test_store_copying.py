"""A case copied elsewhere is the same case: between folders and databases, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_cases import TEXT, add, document, original
from store_raw import forge_original
from test_store_audit import fill

from lab.bench_web_case import build
from saydo import store as cases
from saydo.model.errors import InputError, StoreError
from saydo.model.tables import TableFilter
from saydo.store.copying import copy
from saydo.store.opening import verify

Place = Callable[[Path], Path]


def dump(case: Path) -> str:
    with cases.for_reading(case) as store:
        return store.dump()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports, findings, decisions, all that was derived, and odd signs."""
    folder = tmp_path_factory.mktemp("copied") / "case"
    build(folder, reports=25, people=6, seed=11)
    with cases.for_writing(folder) as store:
        odd = document("odd\x00\ufdd0é", f"{TEXT} \x00 \ufdd0 \ufdd01 ’", None)
        store.add(odd, original(odd), "text/plain", "a\x00b")
    return folder


def test_there_and_back_it_is_the_same(case: Path, folder: Path, tmp_path: Path) -> None:
    """Dump for dump and entry for entry; a head that was kept of the first holds of the last."""
    copied = copy(case, folder)
    back = tmp_path / "back"
    copy(folder, back)
    assert dump(folder) == dump(case) == dump(back)
    for place in (folder, back):
        found = verify(place, [copied.head])
        assert found.faults == () and found.head == copied.head
    with cases.for_reading(case) as store, cases.for_reading(back) as other:
        assert list(store.audit_entries()) == list(other.audit_entries())


def test_a_copy_is_searched_and_gone_on_with_like_the_case(case: Path, folder: Path) -> None:
    """Words are found in it, its guards are up, and what comes in is numbered behind what there was."""
    copy(case, folder)
    with cases.for_reading(case) as store:
        words = store.lines(TableFilter("event"), None, 1).items[0].quote.split()[0]
        expected = store.facets(TableFilter("event", words=words))
    with cases.for_writing(folder) as store:
        assert store.facets(TableFilter("event", words=words)) == expected
        before = store.tally().documents
        add(store, document("later", f"{TEXT} later"))
        assert store.number("later") == before + 1
    assert verify(folder).faults == ()


def test_runs_captures_and_skips_are_copied(folder: Path, tmp_path: Path) -> None:
    fill(tmp_path / "first")
    copy(tmp_path / "first", folder)
    found = verify(folder)
    assert found.faults == () and (found.runs, found.reports, found.originals) == (2, 4, 4)


def test_nothing_is_copied_over_a_case(case: Path, folder: Path) -> None:
    copy(case, folder)
    with pytest.raises(InputError, match="holds a case already"):
        copy(case, folder)


def test_a_copy_that_fails_leaves_no_case_and_can_be_made_again(folder: Path, tmp_path: Path) -> None:
    """An original that is not what it was is not handed on."""
    first = tmp_path / "first"
    fill(first)
    with cases.for_reading(first) as store:
        sha256 = store.document("d1").source_sha256 or ""
    forge_original(first, sha256, b"forged")
    with pytest.raises(StoreError, match="was changed since it was taken in"):
        copy(first, folder)
    with cases.for_reading(folder) as store:
        assert store.tally().documents == 0
    forge_original(first, sha256, original(document("d1", f"{TEXT} 1")))
    copy(first, folder)
    assert verify(folder).faults == ()

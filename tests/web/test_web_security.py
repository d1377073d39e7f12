"""Who gets in, what a page may do, and that nothing changes by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_case import NAME, TITLE

from saydo.model.errors import InputError
from saydo.web import Address, Settings, create_app
from saydo.web.security import SAFE_METHODS
from saydo.web.serve import names
from saydo.web.settings import check_token, is_loopback

TOKEN = "correct-horse-battery-staple"
PATHS = ("/", "/reports", "/reader?report=harm%2F..%2F%3Cb%3E", "/login", "/nothing", "/api/v1/reports")


@pytest.fixture
def guarded(case: Path) -> TestClient:
    app = create_app(case, Settings(token=TOKEN))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_a_strict_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert "frame-ancestors 'none'" in policy and headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_script_or_style_within_it(client: TestClient, path: str) -> None:
    """Which the policy would stop: everything is a file of ours."""
    page = client.get(path).text
    if "<html" not in page:
        return
    assert all(re.search(r'\bsrc="/built/', tag) for tag in re.findall(r"<script[^>]*>", page))
    assert "<style" not in page
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!127)', page.replace('rel="noreferrer', ""))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1", "localhost.", "0.0.0.0"]
)
def test_a_foreign_name_is_refused(client: TestClient, host: str) -> None:
    """A page of the web that points its own name at this machine reads nothing (DNS rebinding)."""
    answer = client.get("/", headers={"host": host})
    assert answer.status_code in (400, 421) and "delta" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765"])
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def csrf(client: TestClient, path: str = "/") -> str:
    found = re.search(r'name="csrf_token" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def unsafe_routes(client: TestClient) -> list[tuple[str, str]]:
    """Every method and path that may change something."""
    found = []
    for route in client.app.routes:  # type: ignore[attr-defined]
        for inner in (
            route.effective_route_contexts() if hasattr(route, "effective_route_contexts") else [route]
        ):
            methods = getattr(inner, "methods", None) or set()
            found += [(method, inner.path) for method in methods - SAFE_METHODS]
    return found


def test_no_change_goes_without_its_token(client: TestClient) -> None:
    """Of every route that takes a change, with no token, a wrong one, or one of another browser."""
    routes = unsafe_routes(client)
    assert {path for _, path in routes} >= {"/login", "/logout", "/settings/theme"}
    for method, path in routes:
        for data in ({}, {"csrf_token": "0" * 64}):
            answer = client.request(method, path, data=data)
            assert answer.status_code == 403, (method, path)
    token = csrf(client)
    client.cookies.clear()
    assert client.post("/settings/theme", data={"csrf_token": token, "theme": "dark"}).status_code == 403


def test_a_change_goes_with_its_token_in_a_field_or_a_header(client: TestClient) -> None:
    token = csrf(client)
    by_field = client.post("/settings/theme", data={"csrf_token": token, "theme": "dark", "back": "/reports"})
    assert (by_field.status_code, by_field.headers["location"]) == (303, "/reports")
    assert client.cookies["saydo_theme"] == "dark"
    by_header = client.post("/settings/theme", data={"theme": "light"}, headers={"X-CSRF-Token": token})
    assert by_header.status_code == 303


def test_a_change_from_another_site_is_refused_even_with_a_token(client: TestClient) -> None:
    data = {"csrf_token": csrf(client), "theme": "dark"}
    for origin in ("https://evil.example", "http://127.0.0.1.evil.example"):
        assert client.post("/settings/theme", data=data, headers={"origin": origin}).status_code == 403
    for site in ("cross-site", "same-site"):
        headers = {"origin": "null", "sec-fetch-site": site}
        assert client.post("/settings/theme", data=data, headers=headers).status_code == 403
    fine = client.post("/settings/theme", data=data, headers={"origin": "http://127.0.0.1:80"})
    assert fine.status_code == 303


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\nx"]
)
def test_no_form_leads_away(client: TestClient, back: str) -> None:
    answer = client.post("/settings/theme", data={"csrf_token": csrf(client), "back": back})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/reports", "/reader?report=harm%2F..%2F%3Cb%3E"])
def test_text_title_and_name_are_escaped(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert NAME not in page and TITLE not in page
    assert "<script>alert" not in page and "<img" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page), "it may stand as words, never as a link"


def test_without_the_token_nothing_is_told(guarded: TestClient) -> None:
    for path in ("/", "/reports", "/reader?report=breach", "/source?report=breach", "/nothing"):
        answer = guarded.get(path)
        assert answer.status_code == 303 and "/login?back=" in answer.headers["location"]
        assert "delta" not in answer.text
    assert "delta" not in guarded.get("/login").text
    api = guarded.get("/api/v1/openapi.json")
    assert api.status_code == 401 and api.json()["status"] == 401


def test_the_token_lets_in_by_form_and_by_header(guarded: TestClient) -> None:
    wrong = guarded.post("/login", data={"csrf_token": csrf(guarded, "/login"), "token": "guess"})
    assert wrong.status_code == 403 and guarded.get("/").status_code == 303
    assert guarded.get("/api/v1/reports", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/api/v1/reports", headers={"Authorization": "Bearer guess"}).status_code == 401
    right = {"csrf_token": csrf(guarded, "/login"), "token": TOKEN, "back": "/reports"}
    answer = guarded.post("/login", data=right)
    assert answer.headers["location"] == "/reports"
    assert TOKEN not in answer.headers["set-cookie"] and "HttpOnly" in answer.headers["set-cookie"]
    assert guarded.get("/reports").status_code == 200
    guarded.post("/logout", data={"csrf_token": csrf(guarded)})
    assert guarded.get("/reports").status_code == 303


def test_a_cookie_of_another_server_does_not_let_in(guarded: TestClient, case: Path) -> None:
    other = TestClient(
        create_app(case, Settings(token="another-token-of-good-length")), base_url="http://127.0.0.1"
    )
    other.post("/login", data={"csrf_token": csrf(other, "/login"), "token": "another-token-of-good-length"})
    guarded.cookies.set("saydo_session", other.cookies["saydo_session"])
    assert guarded.get("/").status_code == 303


def test_an_address_that_others_reach_needs_a_token() -> None:
    assert check_token("127.0.0.1", None) is None and check_token("::1", None) is None
    for host in ("0.0.0.0", "192.0.2.7", "::", "workbench.example"):
        assert not is_loopback(host)
        with pytest.raises(InputError, match="a token is needed"):
            check_token(host, None)
        assert check_token(host, TOKEN) == TOKEN
    with pytest.raises(InputError, match="too short"):
        check_token("127.0.0.1", "1234")


def test_a_server_answers_to_its_own_names_only() -> None:
    assert "cases.example" in names(Address("0.0.0.0", allowed=("cases.example",)))
    assert "0.0.0.0" not in names(Address("0.0.0.0"))
    assert "192.0.2.7" in names(Address("192.0.2.7"))


def test_an_error_of_ours_does_not_show_its_insides(case: Path) -> None:
    app = create_app(case)

    @app.get("/break")
    def broken() -> None:
        raise RuntimeError("secret detail")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/break")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text and "Something went wrong here" in answer.text

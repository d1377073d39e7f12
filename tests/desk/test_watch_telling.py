"""What a watch tells, to whom, and that it tells it once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from desk_rooms import ROOMS, PlainReader, weigh
from watch_world import BEGAN, Answer, Desk, Request, Web, mail_server, web

from saydo.desk import Corridor, run
from saydo.desk.watching import JsonLines, Mail, MailTo, Terminal, Wanted, Webhook, clean, message_text
from saydo.desk.watching.mail import PASSWORD
from saydo.model.errors import InputError
from saydo.weighing import Weighed

VOW = "Reef vowed to spare Tal."
DEED = "on Sunday Reef shelled Tal."
AGAIN = "on Monday Reef shelled Tal anew."
KEY = "a secret of our choice"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


def rooms(score: float = 0.5, kind: str = "commitment", review: bool = False) -> Corridor:
    """The rooms of the tests with other words about what is found."""

    def weighed(*given: object) -> Weighed:
        made = weigh(*given)  # type: ignore[arg-type]
        update = {"score": score, "kind": kind, "needs_review": review}
        return replace(made, discrepancies=tuple(d.model_copy(update=update) for d in made.discrepancies))

    return replace(ROOMS, weigh=weighed)


def broken_vow(here: Web) -> str:
    """A feed with a vow and the deed that breaks it."""
    return here.feed("/feed", here.article("/vow", VOW), here.article("/deed", DEED))


def next_round(desk: Desk, feed: str, **more: object) -> int:
    """How many are told of in a round a quarter of an hour later."""
    desk.time.at += 900
    return desk.round(feed, **more).news


# --- what is news -----------------------------------------------------------------------------------


def test_both_passages_stand_there_in_their_own_words_with_source_and_date(desk: Desk) -> None:
    with web() as here:
        desk.round(broken_vow(here))
        (text,) = desk.out
        assert text == (
            f"{'-' * 60}\n"
            "New: reef — a promise, and what was then done\n"
            "reef vowed and shelled.\n"
            "\n"
            "Promised:\n"
            "  “to spare Tal.”\n"
            f"    — {here.base[7:]}, vow, 6 May 2019\n"
            f"      {here.base}/vow\n"
            "\n"
            "Reported conduct:\n"
            "  “on Sunday Reef shelled Tal.”\n"
            f"    — {here.base[7:]}, deed, 6 May 2019\n"
            f"      {here.base}/deed\n"
            "\n"
            "saydo matched the two; no report says so. Score 0.50 of 1.\n"
            "A program put these passages side by side. Whether they stand against each other is for a person "
            "to judge: read the reports before you pass this on.\n"
        )


def test_what_the_case_held_before_is_no_news(desk: Desk, tmp_path: Path) -> None:
    from desk_rooms import codebook

    (tmp_path / "a.txt").write_text(VOW)
    (tmp_path / "b.txt").write_text(DEED)
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    run(files, desk.case, PlainReader(), codebook(), rooms=ROOMS)
    with web() as here:
        with desk.watch(here.feed("/feed", here.article("/rain", "Bree met Zor."))) as at_work:
            assert at_work.known == 1
            assert at_work.round().news == 0
        assert desk.watch(here.base + "/feed").__enter__().known == 0
    assert desk.out == []


def test_coding_anew_under_other_ids_tells_nothing_again(desk: Desk) -> None:
    with web() as here:
        feed = broken_vow(here)
        assert desk.round(feed).news == 1
        here.feed("/feed", here.article("/more", "Zor met Bree."))
        desk.reader = PlainReader("plain 2")
        assert next_round(desk, feed, rooms=rooms(0.9, "position")) == 0
    assert len(desk.out) == 1


def test_a_further_report_against_the_same_words_is_told_as_that(desk: Desk) -> None:
    with web() as here:
        feed = broken_vow(here)
        desk.round(feed)
        here.feed("/feed", here.article("/again", AGAIN))
        assert next_round(desk, feed) == 1
    assert "\nFurther report against words told of before: reef — " in desk.out[1]
    assert AGAIN in desk.out[1] and "judge" in desk.out[1]


def test_filters_hold_back_and_what_grows_surer_is_told_then(desk: Desk) -> None:
    with web() as here:
        feed = broken_vow(here)
        assert desk.round(feed, wanted=Wanted(least=0.6)).news == 0
        assert next_round(desk, feed, wanted=Wanted(least=0.4)) == 0, "a lower bar makes nothing new"
        here.feed("/feed", here.article("/more", "Zor met Bree."))
        assert next_round(desk, feed, wanted=Wanted(least=0.6), rooms=rooms(0.7, review=True)) == 1
    assert (
        "\nSurer than before: reef — a promise, and what was then done (unsure: look closely)" in desk.out[0]
    )


@pytest.mark.parametrize(
    ("wanted", "news"),
    [
        (Wanted(kinds=("denial",)), 0),
        (Wanted(kinds=("denial", "commitment")), 1),
        (Wanted(actor="REEF"), 1),
        (Wanted(actor="Ree"), 0),
    ],
)
def test_only_what_is_wanted_is_told(desk: Desk, wanted: Wanted, news: int) -> None:
    with web() as here:
        assert desk.round(broken_vow(here), wanted=wanted).news == news


def test_what_sites_write_cannot_steer_a_terminal() -> None:
    assert clean("a\x1b[31mred\x07 \u202etxt.exe\r\nb\x9b") == "a[31mred txt.exe b"
    assert clean("می\u200cرود") == "می\u200cرود", "a letter of Persian stays whole"


# --- a file -----------------------------------------------------------------------------------------


def test_a_file_gets_a_line_each_and_a_torn_or_doubled_one_is_mended(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "new.jsonl"
    with web() as here:
        feed = broken_vow(here)
        desk.round(feed, channels=[JsonLines(file)])
        (line,) = file.read_text(encoding="utf-8").splitlines()
        told = json.loads(line)
        assert told["statement"]["quote"] == " to spare Tal." and told["against"][0]["quote"] == DEED
        assert told["statement"]["url"] == f"{here.base}/vow" and told["statement"]["date"] == "2019-05-06"
        assert told["caution"] and told["explanation"] and told["at"].startswith("2023-11-14T")
        # killed while it wrote: half a line, and a line that it did not come to note
        file.write_text(line + "\n" + line[:30])
        with desk.watch(feed) as at_work:
            at_work._log.put_pairs((), {"file": [told, {**told, "id": "saydo-other"}]})
        desk.round(feed, channels=[JsonLines(file)])
    assert [json.loads(each)["id"] for each in file.read_text().splitlines()] == [told["id"], "saydo-other"]


def test_a_file_that_cannot_be_written_keeps_the_news_for_later(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "gone"
    with web() as here:
        feed = broken_vow(here)
        told = desk.round(feed, channels=[Terminal(desk.out.append), JsonLines(place / "new.jsonl")])
        assert told.failed and len(desk.out) == 1
        assert "cannot be written" in desk.told[0] and "1 kept, and tried again later" in desk.told[0]
        place.mkdir()
        next_round(desk, feed, channels=[Terminal(desk.out.append), JsonLines(place / "new.jsonl")])
    assert len((place / "new.jsonl").read_text().splitlines()) == 1 and len(desk.out) == 1
    assert desk.told[1] == "file: delivers again"


# --- a webhook --------------------------------------------------------------------------------------


def receiver(here: Web, *answers: int, headers: dict[str, str] | None = None) -> list[Request]:
    """Something that takes webhooks and answers so, then 200; gives what it got."""
    got: list[Request] = []
    left = list(answers)

    def take(request: Request) -> Answer:
        got.append(request)
        return (left.pop(0) if left else 200), headers or {}, b"{}"

    here.pages["/hook"] = take
    return got


def hook(desk: Desk, url: str, secret: str = KEY) -> Webhook:
    return Webhook(url, secret, desk.time.now, desk.time.sleep)


def test_a_webhook_that_fails_twice_gets_it_signed_the_third_time(desk: Desk) -> None:
    with web() as here:
        got = receiver(here, 500, 503)
        feed = broken_vow(here)
        desk.round(feed, channels=[hook(desk, f"{here.base}/hook")])
        assert desk.told == []
        next_round(desk, feed, channels=[hook(desk, f"{here.base}/hook")])
    assert len(got) == 3 and len({request.headers["Idempotency-Key"] for request in got}) == 1
    for request in got:
        id, stamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        signed = f"{id}.{stamp}.".encode() + request.body
        made = base64.b64encode(hmac.new(KEY.encode(), signed, hashlib.sha256).digest()).decode()
        assert request.headers["webhook-signature"] == f"v1,{made}"
    assert [int(request.headers["webhook-timestamp"]) - int(BEGAN) for request in got] == [0, 2, 12]
    told = json.loads(got[-1].body)
    assert told["id"] == got[-1].headers["webhook-id"] and told["against"][0]["quote"] == DEED
    assert got[-1].headers["Content-Type"] == "application/json"


def test_what_a_webhook_does_not_take_is_kept_over_a_restart_and_tried_ever_more_rarely(desk: Desk) -> None:
    with web() as here:
        got = receiver(here, *[500] * 9)
        feed = broken_vow(here)
        first = desk.round(feed, channels=[hook(desk, f"{here.base}/hook")])
        assert first.failed and len(got) == 3
        desk.round(feed, channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 3, "left alone until it is due"
        for _ in range(4):
            next_round(desk, feed, channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 10 and json.loads(got[-1].body)["id"] == json.loads(got[0].body)["id"]
    assert desk.told == [
        "webhook: 127.0.0.1 answered 500; 1 kept, and tried again later",
        "webhook: delivers again",
    ]


def test_a_webhook_that_refuses_or_asks_for_time_is_not_pressed(desk: Desk) -> None:
    with web() as here:
        got = receiver(here, 410)
        desk.round(broken_vow(here), channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 1
        got = receiver(here, 429, headers={"Retry-After": "5000"})
        desk.time.at += 900
        told = desk.round(f"{here.base}/feed", channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 1
        desk.time.at += 4999
        desk.round(f"{here.base}/feed", channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 1 and told.failed
        desk.time.at += 1
        desk.round(f"{here.base}/feed", channels=[hook(desk, f"{here.base}/hook")])
        assert len(got) == 2


def test_a_webhook_leads_nowhere_but_to_the_address_that_was_named(desk: Desk) -> None:
    with web() as here, web() as elsewhere:
        elsewhere.pages["/hook"] = (200, {}, b"")
        here.pages["/hook?token=abc"] = (307, {"Location": f"{elsewhere.base}/hook"}, b"")
        desk.round(broken_vow(here), channels=[hook(desk, f"{here.base}/hook?token=abc")])
        assert elsewhere.asked == []
    assert desk.told == ["webhook: 127.0.0.1 answered 307; 1 kept, and tried again later"]


def test_words_of_a_case_never_cross_a_public_network_in_the_clear(desk: Desk) -> None:
    with web() as here:
        desk.round(broken_vow(here), channels=[hook(desk, "http://9.9.9.9/hook")])
    assert "9.9.9.9 is reached over a public network; give an https:// address" in desk.told[0]


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("ftp://a.example/", KEY, "begins with https://"),
        ("https://user:pass@a.example/", KEY, "holds no user name"),
        ("https://a.example/", "", "SAYDO_WEBHOOK_SECRET"),
        ("https://a.example/", "whsec_%%%", "no base64"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused_before_anything_is_done(
    desk: Desk, url: str, secret: str, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        hook(desk, url, secret)


# --- e-mail -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a mail server on this machine shows, and what trusts it."""
    place = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begun = datetime.now(UTC) - timedelta(days=1)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(begun).not_valid_after(begun + timedelta(days=3))
        .add_extension(alternative, False).add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (place / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (place / "key.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(place / "cert.pem", place / "key.pem")
    return server, ssl.create_default_context(cafile=str(place / "cert.pem"))


def mail(
    desk: Desk, port: int, *, user: str = "", password: str = "", context: ssl.SSLContext | None = None
) -> Mail:
    to = MailTo.checked(
        ["desk@post.example", "noor@post.example"], f"127.0.0.1:{port}", user, "saydo@post.example", password
    )
    return Mail(to, desk.time.now, lambda where, told: desk.told.append(f"{where}: {told}"), context)


def test_one_letter_tells_all_that_is_new_over_an_encrypted_line(desk: Desk, certificate) -> None:
    server, trusting = certificate
    with web() as here, mail_server(server) as posts:
        feed = here.feed(
            "/feed", here.article("/vow", VOW), here.article("/deed", DEED), here.article("/again", AGAIN)
        )
        by_mail = mail(desk, posts.port, user="saydo", password="hush", context=trusting)
        assert desk.round(feed, channels=[by_mail]).news == 2
        next_round(desk, feed, channels=[by_mail])
    (post,) = posts.taken
    assert (post.encrypted, post.user, post.sender) == (True, "saydo", "saydo@post.example")
    assert post.to == ("desk@post.example", "noor@post.example")
    letter = post.letter
    assert letter["Subject"] == "saydo, case case: 2 new discrepancies (reef)"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "is for a person to judge" in " ".join(text.split("---")[0].split())
    for words in (
        "1. New: ",
        "2. New: ",
        "“to spare Tal.”",
        f"“{DEED}”",
        f"“{AGAIN}”",
        f"{here.base}/again",
        "6 May 2019",
    ):
        assert words in text, words
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 72


def test_a_letter_that_is_not_taken_is_sent_later_as_the_same_letter(desk: Desk) -> None:
    with web() as here, mail_server() as posts:
        posts.refuse = ["451 try later"]
        feed = broken_vow(here)
        assert desk.round(feed, channels=[mail(desk, posts.port)]).failed
        assert posts.taken == [] and "451 try later" in desk.told[0]
        next_round(desk, feed, channels=[mail(desk, posts.port)])
    assert posts.taken[0].letter["Subject"] == "saydo, case case: 1 new discrepancy (reef)"
    assert posts.taken[0].letter["Message-ID"].startswith("<saydo-")


def test_nothing_is_sent_without_encryption_where_a_password_or_a_network_is_in_it(
    desk: Desk, certificate
) -> None:
    """Only to a server of this machine, which asks for no password, mail may go as it is."""
    server, _ = certificate
    with web() as here, mail_server() as plain, mail_server(server) as posts:
        feed = broken_vow(here)
        desk.round(feed, channels=[mail(desk, plain.port, user="saydo", password="hush")])
        assert "offers no encryption" in desk.told[0]
        desk.time.at += 900
        desk.round(feed, channels=[mail(desk, posts.port, user="saydo", password="hush")])
        assert plain.taken == posts.taken == [], "the second shows a certificate that nobody vouches for"


def test_addresses_and_servers_of_mail_are_looked_at_before_anything_is_done() -> None:
    good = ["a@b.example"]
    wrong = [
        (["a@b.example\nBcc: x@y.example"], "m.example", None, "no e-mail address"),
        (["nobody"], "m.example", None, "no e-mail address"),
        (good, None, None, "--smtp"),
        (good, "m.example:mail", None, "no mail server"),
        (good, "m.example", "me@b.example", PASSWORD),
    ]
    for to, server, user, why in wrong:
        with pytest.raises(InputError, match=why):
            MailTo.checked(to, server, user, None, "")
    made = MailTo.checked(good, "m.example:465", "me@b.example", None, "hush")
    assert (made.sender, made.port) == ("me@b.example", 465)


def test_titles_of_others_make_no_headers(desk: Desk) -> None:
    told = {
        "id": "saydo-x", "what": "new", "kind": "denial", "title": "t", "case": "c\r\nBcc: x@y.example",
        "speaker": "Reef\nX-Evil: 1", "explanation": "e", "basis": "inferred", "score": 0.5, "needs_review": False,
        "statement": {"quote": "q\n.\nq", "document": "d", "publisher": None, "title": "a\x1b]0;b", "date": None, "url": None},
        "against": [],
    }  # fmt: skip
    from saydo.store.watching import Message

    with mail_server() as posts:
        mail(desk, posts.port).deliver([Message(1, "mail", told, 0, 0.0, "")])
    letter = posts.taken[0].letter
    assert letter["Bcc"] is None and letter["X-Evil"] is None
    assert letter["Subject"] == "saydo, case c Bcc: x@y.example: 1 new discrepancy (Reef X-Evil: 1)"
    assert "\x1b" not in message_text(told)


def test_where_one_sentence_holds_both_it_is_quoted_once() -> None:
    """As where a report sets the two against each other itself."""
    passage = {
        "quote": "Contrary to what Reef says, it has not left.",
        "document": "a",
        "publisher": None,
        "title": "t",
        "date": None,
        "url": None,
    }
    told = {
        "id": "saydo-x", "what": "new", "kind": "denial", "title": "T", "case": "c", "speaker": "Reef", "explanation": "e",
        "basis": "flagged", "score": 0.5, "needs_review": False, "statement": passage, "against": [{**passage, "new": True}],
    }  # fmt: skip
    assert message_text(told).count("Contrary") == 1 and "in one sentence" in message_text(told)

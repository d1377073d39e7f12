"""Telling people by e-mail: one letter for all that is new, encrypted on its way."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import sha256
from ipaddress import ip_address
from typing import NamedTuple

from saydo.desk.watching.channels import Undelivered
from saydo.desk.watching.words import CAUTION, RULE, clean, message_text, paragraph
from saydo.export.words import plural
from saydo.model.errors import InputError
from saydo.store.watching import Message

PASSWORD = "SAYDO_SMTP_PASSWORD"
TIMEOUT = 30.0
WIDTH = 72


class MailTo(NamedTuple):
    """To whom, and through whom."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def checked(
        cls, to: Sequence[str], server: str | None, user: str | None, sender: str | None, password: str
    ) -> MailTo:
        """From what a person wrote. Raises InputError."""
        if not server:
            raise InputError("who takes the mail is not known; name it with --smtp HOST or HOST:PORT")
        host, _, port = server.partition(":")
        if not host or (port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
            raise InputError(
                f"{server!r} is no mail server; write HOST or HOST:PORT, such as mail.example:587"
            )
        if user and not password:
            raise InputError(f"put the password of {user} into the variable {PASSWORD}")
        given = tuple(map(_address, to))
        by = _address(sender) if sender else user if user and "@" in user else given[0]
        return cls(given, by, host, int(port or 587), user or "", password if user else "")


class Mail:
    """Sends what is new in one letter."""

    name = "mail"
    at_once = 25

    def __init__(
        self,
        to: MailTo,
        now: Callable[[], float],
        tell: Callable[[str, str], None],
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._to, self._now, self._tell, self._context = to, now, tell, context

    def deliver(self, messages: Sequence[Message]) -> None:
        """Sends. Raises Undelivered."""
        letter = self._letter(messages)
        try:
            with self._connected() as server:
                if self._to.user:
                    server.login(self._to.user, self._to.password)
                refused = server.send_message(letter, self._to.sender, self._to.to)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise Undelivered(f"{self._to.host} did not take the mail ({_why(error)})") from None
        if refused:
            # the others have it: sending it again would tell them twice
            self._tell(self.name, f"{self._to.host} took the mail, but not for {', '.join(sorted(refused))}")

    def _connected(self) -> smtplib.SMTP:
        to = self._to
        context = self._context or ssl.create_default_context()
        if to.port == 465:
            return smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT, context=context)
        server = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif to.user or not _here(to.host):
                raise ValueError("it offers no encryption (STARTTLS), and nothing is sent without")
        except BaseException:
            server.close()
            raise
        return server

    def _letter(self, messages: Sequence[Message]) -> EmailMessage:
        told = [each.message for each in messages]
        letter = EmailMessage(policy=SMTP.clone(max_line_length=78))
        case = clean(told[0]["case"])
        what = plural(len(told), "new discrepancy", "new discrepancies")
        speakers = list(dict.fromkeys(clean(each["speaker"]) for each in told))
        more = ", …" if len(speakers) > 3 else ""
        letter["Subject"] = f"saydo, case {case}: {what} ({', '.join(speakers[:3])}{more})"[:200]
        letter["From"], letter["To"] = self._to.sender, ", ".join(self._to.to)
        letter["Date"] = formatdate(self._now())
        key = sha256("".join(each["id"] for each in told).encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<saydo-{key}@{parseaddr(self._to.sender)[1].rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        parts = [message_text(each, WIDTH) for each in told]
        if len(parts) > 1:
            parts = [f"{number}. {part}" for number, part in enumerate(parts, start=1)]
        rule = f"\n\n{RULE}\n\n"
        letter.set_content(paragraph(CAUTION, WIDTH) + rule + rule.join(parts) + "\n", cte="quoted-printable")
        return letter


def _address(text: str) -> str:
    _, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not local or not domain or clean(text) != text or " " in address:
        raise InputError(f"{text!r} is no e-mail address; write it as name@example.org")
    return address


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        words = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        return clean(f"{error.smtp_code} {words}")[:200]
    return clean(str(error))[:200] or type(error).__name__

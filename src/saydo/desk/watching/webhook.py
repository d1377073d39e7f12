"""Telling a program of the user's by HTTP: JSON, signed, tried again, never to another address than the
named.

The signature is that of Standard Webhooks (standardwebhooks.com, version 1), for which there are libraries in
most languages: base64 of HMAC-SHA256 over ``id.timestamp.body``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Any

from saydo import __version__
from saydo.desk.afar import named_address, where_to
from saydo.desk.watching.channels import Undelivered
from saydo.desk.watching.pace import retry_after
from saydo.model.errors import InputError
from saydo.store.watching import Message

SECRET = "SAYDO_WEBHOOK_SECRET"
TIMEOUT = 20.0
_PAUSES = (2.0, 10.0)
"""Seconds between tries that follow each other at once."""
_LATER = (408, 425, 429)


class Webhook:
    """Posts each discrepancy to an address. That address was named by the user, so that it may well be of
    this machine or a private network; no redirect is followed, since that would be named by somebody else."""

    name = "webhook"
    at_once = 1

    def __init__(
        self, url: str, secret: str, now: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        """Raises InputError where the address or the secret is none that can be used."""
        import httpx

        self._url = httpx.URL(named_address(url, "the webhook"))
        if not secret:
            raise InputError(f"webhooks are signed: put a secret of your choice into the variable {SECRET}")
        self._key, self._now, self._sleep = _key(secret), now, sleep

    def deliver(self, messages: Sequence[Message]) -> None:
        """Posts one after the other, each up to three times. Raises Undelivered."""
        import httpx

        self._check()
        with httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
            for each in messages:
                self._post(client, each.message)

    def _check(self) -> None:
        """Words of a case never cross a public network in the clear."""
        try:
            where_to(str(self._url))
        except InputError as error:
            raise Undelivered(str(error)) from None

    def _post(self, client: Any, told: dict[str, Any]) -> None:
        import httpx

        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        where, asked = self._url.host, 0.0
        for pause in (*_PAUSES, None):
            stamp = str(int(self._now()))
            headers = {
                "Content-Type": "application/json",
                "User-Agent": f"saydo/{__version__}",
                "Idempotency-Key": told["id"],
                "webhook-id": told["id"],
                "webhook-timestamp": stamp,
                "webhook-signature": signature(self._key, told["id"], stamp, body),
            }
            try:
                with client.stream("POST", self._url, content=body, headers=headers) as answer:
                    status = answer.status_code
                    asked = retry_after(answer.headers.get("retry-after", ""), self._now())
            except (httpx.HTTPError, httpx.StreamError) as error:
                fault = f"{where} cannot be reached ({' '.join(str(error).split()) or type(error).__name__})"
            else:
                if 200 <= status < 300:
                    return
                fault = f"{where} answered {status}"
                if status not in _LATER and status < 500:
                    break
            if pause is None or asked > pause:
                break
            self._sleep(pause)
        raise Undelivered(fault, asked)


def signature(key: bytes, id: str, stamp: str, body: bytes) -> str:
    """What stands in the header ``webhook-signature``."""
    made = hmac.new(key, b".".join((id.encode(), stamp.encode(), body)), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def _key(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise InputError(f"what follows whsec_ in {SECRET} is no base64; copy the secret anew") from None

"""An endpoint that speaks as OpenAI's chat completions do: vLLM, Ollama, llama.cpp, or one on the
internet."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from saydo.model.errors import SaydoError

SEED = 7
_PAUSES = (2.0, 8.0, 30.0)
"""Seconds between tries."""
_LONGEST_WAIT = 120.0
_MOST_BYTES = 4_000_000
_AGAIN = (408, 425, 429)
_OTHER_FORM = (400, 404, 415, 422, 501)
"""Answers by which an endpoint may say that it knows no such form of answer."""


class EndpointError(SaydoError):
    """An endpoint gave no answer that can be used."""


class Endpoint:
    """One model of one endpoint; close it after use. Redirects are not followed and proxies not used: words
    go to the address that was named, and nowhere else."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str = "",
        timeout: float = 300.0,
        pause: float = 0.0,
        most_tokens: int = 4_096,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``url`` is that to which ``/chat/completions`` is added; ``timeout`` the seconds for one answer in
        all; ``pause`` the least seconds between two questions."""
        self.url, self.model = url.rstrip("/"), model
        self._key, self._timeout, self._pause, self._most = key, timeout, pause, most_tokens
        self._sleep, self._clock = sleep, clock
        self._form = 0
        """Which form of answer is asked for; a further one where the endpoint does not know the first."""
        self._last: float | None = None
        self._client: Any = None

    def close(self) -> None:
        """Closes the connections."""
        if self._client is not None:
            self._client.close()

    def settings(self) -> dict[str, Any]:
        """What an answer depends on beside the messages."""
        return {"model": self.model, "temperature": 0, "seed": SEED, "max_tokens": self._most}

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """The model's answer. Raises EndpointError where there is none."""
        while True:
            status, body = self._tried({**self.settings(), "messages": list(messages), **self._asked(schema)})
            if status == 200:
                return self._content(body)
            if status in _OTHER_FORM and self._form < 2:
                self._form += 1
                continue
            raise EndpointError(f"{self._host()} answered {status}{_said(body)}")

    def _asked(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        if self._form == 0:
            form = {"name": "findings", "strict": True, "schema": dict(schema)}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        return {"response_format": {"type": "json_object"}} if self._form == 1 else {}

    def _tried(self, body: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and body of the answer; what may pass is tried again."""
        fault = ""
        for pause in (*_PAUSES, None):
            self._rest()
            wait = 0.0
            try:
                status, headers, data = self._post(body)
            except _Passing as error:
                fault = str(error)
            else:
                if (status < 500 and status not in _AGAIN) or status == 501:
                    return status, data
                fault = f"answered {status}{_said(data)}"
                asked = headers.get("retry-after", "")
                wait = float(asked) if asked.isascii() and asked.isdigit() else 0.0
            if pause is None or wait > _LONGEST_WAIT:
                break
            self._sleep(max(pause, wait))
        raise EndpointError(f"{self._host()} {fault}")

    def _rest(self) -> None:
        if self._last is not None and (left := self._last + self._pause - self._clock()) > 0:
            self._sleep(left)
        self._last = self._clock()

    def _post(self, body: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        import httpx

        if self._client is None:
            headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
            self._client = httpx.Client(
                timeout=self._timeout, trust_env=False, follow_redirects=False, headers=headers
            )
        until = self._clock() + self._timeout
        parts: list[bytes] = []
        try:
            with self._client.stream("POST", f"{self.url}/chat/completions", json=dict(body)) as answer:
                for part in answer.iter_bytes():
                    parts.append(part)
                    if sum(map(len, parts)) > _MOST_BYTES:
                        raise EndpointError(f"the answer of {self._host()} is over {_MOST_BYTES:,} bytes")
                    if self._clock() > until:
                        raise EndpointError(f"{self._host()} took more than {self._timeout:g} s")
                return answer.status_code, answer.headers, b"".join(parts)
        except httpx.TimeoutException:
            raise EndpointError(f"{self._host()} took more than {self._timeout:g} s") from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            told = " ".join(str(error).split()) or type(error).__name__
            raise _Passing(f"cannot be reached ({told})") from None

    def _content(self, body: bytes) -> str:
        try:
            choice = json.loads(body)["choices"][0]
            content, ended = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            raise EndpointError(
                f"what {self._host()} answers is no chat completion; check the address"
            ) from None
        if ended == "length":
            raise EndpointError(
                f"{self.model} was cut off at {self._most} tokens; give smaller pieces with --piece"
            )
        if not isinstance(content, str) or not content.strip():
            raise EndpointError(f"{self.model} answered nothing")
        return content

    def _host(self) -> str:
        return self.url.partition("://")[2].partition("/")[0]


class _Passing(Exception):
    """A fault that may pass."""


def _said(body: bytes) -> str:
    """The beginning of what an endpoint says of a fault."""
    text = " ".join(body.decode("utf-8", "replace").split())[:200]
    plain = "".join(c for c in text if c.isprintable())
    return f" ({plain})" if plain else ""

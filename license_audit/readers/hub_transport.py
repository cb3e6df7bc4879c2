"""Requests to a hub through the session of huggingface_hub: bounded in size, time and number."""

import contextlib
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from license_audit.readers.hub_failures import Failure, of_answer, of_error
from license_audit.readers.hub_headers import Answer, allowance
from license_audit.readers.hub_quota import Quota

if TYPE_CHECKING:
    import httpx2

_MOST_OF_AN_ERROR = 65_536
"""Bytes of an error's body that are read, so that the connection can be used again."""


class Request(NamedTuple):
    """What is asked for."""

    address: str
    parameters: Mapping[str, str | list[str]]
    limit: int
    """Most bytes that are read."""


class Limits(NamedTuple):
    """How long is waited, and how often is asked."""

    timeout: float
    """Seconds for each step of a request."""
    patience: float
    """Seconds for a whole answer, after its headers."""
    attempts: int


class Transport:
    """Asks a hub. Threads may share it."""

    def __init__(
        self,
        *,
        token: str | bool | None,
        limits: Limits,
        wait: Callable[[float], None],
        clock: Callable[[], float],
        told: Callable[[str], None],
    ) -> None:
        self._token = token
        self._limits = limits
        self._wait = wait
        self._clock = clock
        self._told = told
        self._lock = threading.Lock()
        self._sent: Mapping[str, str] | None = None
        self.requests = 0
        """How many were sent; one more for every redirect that was followed."""

    def get(self, request: Request, quota: Quota, flaw: Callable[[Answer], str | None]) -> Answer | Failure:
        """The answer, or why there is none. `flaw` says why an answer must be asked for again; None when it is good."""
        attempt = 0
        while True:
            if seconds := quota.enter():
                return Failure("unreachable", f"the Hub asks to wait {seconds:,.0f} s, which is too long")
            try:
                outcome = self._attempt(request, quota)
            finally:
                quota.leave()
            if isinstance(outcome, Answer):
                reason = flaw(outcome)
                if reason is None:
                    return outcome
                outcome = Failure("refused", reason, passes=True)
            if outcome.seconds is not None:
                quota.hold(outcome.seconds)
            attempt += 1
            if not outcome.passes or attempt == self._limits.attempts:
                return outcome
            if outcome.seconds is None:
                self._pause(2.0 ** (attempt - 1), outcome.reason)

    def _pause(self, seconds: float, reason: str) -> None:
        self._told(f"asking again in {seconds:.0f} s: {reason}")
        self._wait(seconds)

    def _attempt(self, request: Request, quota: Quota) -> Answer | Failure:
        import httpx2  # noqa: PLC0415  # takes a tenth of a second, and only who asks a hub needs it
        from huggingface_hub import constants, errors  # noqa: PLC0415  # the same

        if constants.is_offline_mode():
            return Failure("offline", "the Hub is not asked, because HF_HUB_OFFLINE is set")
        try:
            headers = self._headers()
            authorization = headers.get("authorization", "")
            if not (authorization.isascii() and authorization.isprintable()):
                return Failure("refused", "the token holds characters that no token holds")
            return self._exchange(request, headers, quota)
        except (errors.OIDCError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return of_error(error)
        except (ImportError, ValueError):
            # The session is made on first use, from the proxies that the environment names.
            return Failure(
                "refused", "the Hub cannot be asked with the proxy or the address that the environment names"
            )

    def _headers(self) -> Mapping[str, str]:
        from huggingface_hub import constants  # noqa: PLC0415  # as above

        # Its names are listed in a way that the type checker cannot read.
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # noqa: PLC0415

        with self._lock:
            if self._sent is None:
                # Without this the library asks the Hub for a list of programs first, to say by which of them it is
                # used. That stalls for seconds in a network that drops packets.
                constants.HF_HUB_DISABLE_TELEMETRY = True
                built = build_hf_headers(token=self._token, library_name="model-license-audit")
                # Lengths and digests are those of the content itself, so it must come unpacked.
                self._sent = {**built, "accept-encoding": "identity"}
            return self._sent

    def _exchange(self, request: Request, headers: Mapping[str, str], quota: Quota) -> Answer | Failure:
        from huggingface_hub import get_session  # noqa: PLC0415  # as above

        with self._lock:
            self.requests += 1
        # The session, not `model_info`, which does not show the headers of a good answer, where the Hub says what is
        # left of the quota, and which stumbles over some cards. Not `hf_hub_download`, which sends two requests a file,
        # takes 23 s to give up, and hands out an old copy without saying so.
        with get_session().stream(
            "GET",
            request.address,
            params=request.parameters,
            headers=headers,
            timeout=self._limits.timeout,
            follow_redirects=True,
        ) as response:
            with self._lock:
                self.requests += len(response.history)
            if left := allowance(response.headers):
                quota.learn(left.remaining, left.seconds)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                self._drain(response)
                return of_answer(response, has_token="authorization" in headers)
            if response.status_code != HTTPStatus.OK:
                return Failure("refused", f"the Hub answers with status {response.status_code}")
            body = self._body(response, request.limit)
        if isinstance(body, Failure):
            return body
        hops = (*response.history, response)
        named = [{name.lower(): value for name, value in hop.headers.items()} for hop in hops]
        return Answer(body, named, is_home=hops[0].url.origin == response.url.origin)

    def _body(self, response: "httpx2.Response", limit: int) -> bytes | Failure:
        stated = response.headers.get("content-length", "")
        length = int(stated) if stated.isdecimal() else None
        if length is not None and length > limit:
            return Failure("refused", f"is {length:,} bytes long; at most {limit:,} are read")
        body = bytearray()
        start = self._clock()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit:
                return Failure("refused", f"is longer than the {limit:,} bytes that are read")
            if self._clock() - start > self._limits.patience:
                return Failure("unreachable", "the Hub took too long to answer", passes=True)
        if length is not None and length != response.num_bytes_downloaded:
            return Failure("unreachable", "the Hub's answer broke off", passes=True)
        return bytes(body)

    def _drain(self, response: "httpx2.Response") -> None:
        """Reads what is left of an error, if it is neither long nor slow."""
        import httpx2  # noqa: PLC0415  # as above

        read, start = 0, self._clock()
        # The status came, and that is what counts, even when the rest does not.
        with contextlib.suppress(httpx2.HTTPError):
            for chunk in response.iter_bytes():
                read += len(chunk)
                if read > _MOST_OF_AN_ERROR or self._clock() - start > self._limits.patience:
                    break

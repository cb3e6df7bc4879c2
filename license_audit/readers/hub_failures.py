"""Why a hub gave no answer that can be used: the errors of huggingface_hub and of its session, told apart."""

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from license_audit.readers.hub_headers import asked_to_wait

if TYPE_CHECKING:
    import httpx2

_TELLING = ("x-error-code", "x-error-message")
"""Headers by which the library tells errors apart. No others are shown to it, since it prints what some of them say."""
_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_BAD_TOKEN = "Invalid credentials in Authorization header"  # noqa: S105  # what the Hub says of a token, none itself


class Failure(NamedTuple):
    """Why no answer can be used. The reason holds no words of a server or user, so no address and no token."""

    kind: str
    """As in Unavailable, or `entry`: the repository is there, the file is not."""
    reason: str
    passes: bool = False
    """Whether asking again may help."""
    seconds: float | None = None
    """How long the hub asks to wait."""


def of_answer(response: "httpx2.Response", *, has_token: bool) -> Failure:
    """What an answer with a status of 400 and above means. Its body is not looked at."""
    import httpx2  # noqa: PLC0415  # takes a tenth of a second, and only who asks a hub needs it
    from huggingface_hub import errors, hf_raise_for_status  # noqa: PLC0415  # the same

    telling = {name: response.headers[name] for name in _TELLING if name in response.headers}
    try:
        hf_raise_for_status(httpx2.Response(response.status_code, headers=telling, request=response.request))
    except errors.GatedRepoError:  # before the next one, of which it is a kind
        return Failure("gated", "the Hub hands this repository out only to those it has let in")
    except errors.RepositoryNotFoundError:
        if has_token:
            return Failure("gone", "the Hub has no such repository, or hides it from this token")
        reason = "the Hub has no such repository, or hides it: without a token, a private or gated one looks the same"
        return Failure("gone", reason)
    except errors.RevisionNotFoundError:
        return Failure("no-revision", "the Hub has no such revision of this repository")
    except errors.RemoteEntryNotFoundError:
        return Failure("entry", "the Hub has no such file at this commit")
    except errors.DisabledRepoError:
        return Failure("disabled", "the Hub has disabled this repository")
    except errors.HfHubHTTPError:
        pass
    return _by_status(response)


def _by_status(response: "httpx2.Response") -> Failure:
    status = response.status_code
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        seconds = asked_to_wait(response.headers)
        return Failure("unreachable", f"the Hub answers with status {status}", passes=True, seconds=seconds)
    if status == HTTPStatus.UNAUTHORIZED and response.headers.get("x-error-message") == _BAD_TOKEN:
        return Failure("refused", "the Hub does not know this token")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Failure("refused", f"the Hub refuses access, with status {status}")
    return Failure("refused", f"the Hub answers with status {status}, and does not say why")


def of_error(error: Exception) -> Failure:
    """What an error of the library or of its session means. Messages are not looked at: some show the token."""
    import httpx2  # noqa: PLC0415  # as above
    from huggingface_hub import errors  # noqa: PLC0415  # as above

    match error:
        case errors.LocalTokenNotFoundError() | errors.OIDCError():
            return Failure("refused", "a token is to be used, and none is to be had")
        case httpx2.TimeoutException():
            return Failure("unreachable", "the Hub did not answer in time", passes=True)
        case httpx2.RemoteProtocolError():
            return Failure("unreachable", "the Hub's answer broke off", passes=True)
        case httpx2.NetworkError() | httpx2.ProxyError() | OSError():
            return Failure("unreachable", "there is no connection to the Hub", passes=True)
        case _:
            return Failure("refused", "the Hub cannot be asked at this address, or what it sends cannot be read")

"""A browser without a network: pages are opened in it, and everything they ask for, say or break is written down."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    # Where there is no browser there may be no playwright, and the tests are skipped.
    from playwright.sync_api import Browser, Page, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WAIT = 20_000
"""Milliseconds for one step in a page."""
WIDE, NARROW = 1200, 320
"""Widths of the window, in CSS pixels."""
HEIGHT = 800
WATCH = """() => {
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => window.violations.push(
    `${event.effectiveDirective} refused ${event.blockedURI}`));
}"""

Scheme = Literal["light", "dark"]


def browser_path() -> str:
    """Where the browser is. Skips the test, with the reason, where there is none, or nothing that drives it."""
    pytest.importorskip("playwright.sync_api", reason="the Python package playwright drives the browser")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on PATH")
    return found


@dataclass
class Visit:
    """A page in a window of its own, and what it did."""

    page: "Page"
    address: str
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    """Warnings and errors of the console, and what scripts did not catch."""
    refused: dict[str, str] = field(default_factory=dict)
    """Requests that came to nothing, and why."""

    def violations(self) -> list[str]:
        """What the content security policy refused; empty where the page runs no scripts."""
        found: list[str] = self.page.evaluate("() => window.violations ?? []")
        return found

    def assert_quiet(self) -> None:
        """The page fetched nothing but itself, said nothing, and its policy had nothing to refuse."""
        assert set(self.requests) <= {self.address}, self.requests
        assert self.requests, "the file itself is a request, and was not seen"
        assert not self.messages, self.messages
        assert not self.violations()


class Bench:
    """One browser for many tests. One that was stopped is started again."""

    def __init__(self, playwright: "Playwright", path: str) -> None:
        self._playwright = playwright
        self._path = path
        self._browser: Browser | None = None
        self._process = 0

    def browser(self) -> "Browser":
        """The browser, running."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(executable_path=self._path, args=[*ARGUMENTS])
            session = self._browser.new_browser_cdp_session()
            processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
            self._process = next(one["id"] for one in processes if one["type"] == "browser")
            session.detach()
        return self._browser

    def close(self) -> None:
        """Stop it."""
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Stops the browser when it takes longer: whoever waits for it then gets an error and not silence.

        Steps have limits of their own, and scripts that are run in a page have none.
        """
        late = threading.Timer(seconds, self._stop)
        late.start()
        try:
            yield
        finally:
            late.cancel()
            late.join()

    def _stop(self) -> None:
        if self._process:
            os.kill(self._process, signal.SIGKILL)

    @contextmanager
    def visit(
        self, path: Path, *, scheme: Scheme = "light", width: int = WIDE, scripts: bool = True, quiet: bool = True
    ) -> Iterator[Visit]:
        """A page in a fresh window, offline. `quiet` asserts at the end that it did nothing odd."""
        context = self.browser().new_context(
            color_scheme=scheme,
            java_script_enabled=scripts,
            offline=True,
            reduced_motion="reduce",
            viewport={"width": width, "height": HEIGHT},
        )
        try:
            context.set_default_timeout(WAIT)
            context.add_init_script(f"({WATCH})()")
            visit = Visit(context.new_page(), path.resolve().as_uri())
            context.on("request", lambda request: visit.requests.append(request.url))
            context.on("requestfailed", lambda request: visit.refused.update({request.url: request.failure or ""}))
            visit.page.on("pageerror", lambda error: visit.messages.append(f"not caught: {error.message}"))
            visit.page.on(
                "console",
                lambda message: (
                    visit.messages.append(f"{message.type}: {message.text}")
                    if message.type in ("error", "warning", "assert")
                    else None
                ),
            )
            visit.page.goto(visit.address)
            yield visit
            if quiet:
                visit.assert_quiet()
        finally:
            context.close()

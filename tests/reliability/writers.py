"""People who keep writing through HTTP and remember what the site has acknowledged."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from silian.registers.organisations.demo.codes import demonstration_uscc
from tests.world import COUNTY

CSRF = "x" * 32
SECONDS_TO_ANSWER = 10
REST = 0.05  # between two writes of one person
MOST_REGISTRATIONS = 9  # three tests stay below the limit of 30 an hour


@dataclass
class Visitor:
    """A browser without a screen."""

    port: int
    session: str = ""

    def status(self, address: str) -> int:
        return self.ask("GET", address)[0]

    def post(self, address: str, **values: str) -> tuple[int, str]:
        return self.ask("POST", address, urlencode({**values, "csrfmiddlewaretoken": CSRF}))

    def ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        """Status and place to go on to; status 0 when no answer came."""
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_ANSWER)
        try:
            connection.request(method, address, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location") or ""
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


@dataclass
class Writers:
    """All writers of one test; ``acknowledged`` holds what the site has promised to keep."""

    port: int
    name: str
    messages: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, *, conversations: list[tuple[int, str]], newcomer: str, series: int) -> None:
        jobs: list[Callable[[], None]] = [
            lambda pk=pk, session=session: self.talk(pk, session)  # type: ignore[misc]
            for pk, session in conversations
        ]
        jobs.append(lambda: self.register(newcomer, series))
        self.threads = [threading.Thread(target=job, daemon=True) for job in jobs]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=3 * SECONDS_TO_ANSWER)
            assert not thread.is_alive()

    def talk(self, conversation: int, session: str) -> None:
        visitor, number = Visitor(port=self.port, session=session), 0
        while not self.stopped.is_set():
            number += 1
            text = f"{self.name}-{conversation}-{number}"
            status, _ = visitor.post(f"/exchange/negotiations/{conversation}/messages/", text=text)
            self.note(status, kept=self.messages, what=text)

    def register(self, session: str, series: int) -> None:
        visitor = Visitor(port=self.port, session=session)
        for number in range(series, series + MOST_REGISTRATIONS):
            if self.stopped.is_set():
                return
            code = demonstration_uscc(authority="91", division=COUNTY, number=number)
            facts = {
                "kind": "enterprise", "name": f"可靠性试验企业{number}号", "uscc": code,
                "division": COUNTY, "contact_name": "林知行", "contact_phone": "0870-5550123",
                "confirmed": "1",
            }  # fmt: skip
            visitor.post("/organisations/register/", **facts)
            status, place = visitor.post("/organisations/register/manager/")
            status = status if "documents" in place else 0
            self.note(status, kept=self.codes, what=code)
            self.stopped.wait(0.5)

    def note(self, status: int, *, kept: list[str], what: str) -> None:
        """302 is the promise; everything else promises nothing."""
        (kept if status == 302 else self.refused).append(what if status == 302 else status)  # type: ignore[arg-type]
        time.sleep(REST)

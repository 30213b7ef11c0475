"""A small market of made-up listings, and a Spark cluster of this machine to compare them on."""

from __future__ import annotations

import datetime
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from silian.operations.exchange.gateways.match_refresh_files import ComparedListing
from silian.operations.exchange.rules.matching_facts import Side

GROUPS = ("6-18-01", "6-31-01", "4-03-02", "2-02-10")
KINDS = 4
ANSWERS = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 3), (3, 2)]
FIRST_DAY = datetime.date(2026, 3, 1)
PATIENCE = 120.0  # seconds; three Java programs start beside other tests


def made_listings(count: int, *, seed: int) -> list[ComparedListing]:
    """Listings that share occupations, majors, words and chains, with gaps as in life."""
    chance = random.Random(seed)

    def perhaps(value: int | None, *, share: float) -> int | None:
        return value if chance.random() < share else None

    def some(most: int, *, of: int) -> list[int]:
        return sorted(chance.sample(range(1, of + 1), chance.randint(0, most)))

    made = []
    for number in range(1, count + 1):
        city = chance.choice((9901, 9902))
        starts = FIRST_DAY.toordinal() + chance.randint(0, 200)
        group = int(chance.choice(GROUPS).replace("-", ""))
        made.append(
            ComparedListing(
                id=number,
                organisation=chance.randint(1, max(2, count // 4)),
                kind=chance.randrange(KINDS),
                side=chance.randint(0, 1),
                occupation=perhaps(group * 100 + chance.randint(1, 2), share=0.7) or 0,
                chain=chance.randint(0, 3),
                division=city * 100 + chance.randint(1, 3),
                city=city,
                quantity=perhaps(chance.randint(1, 40), share=0.7),
                starts=perhaps(starts, share=0.7),
                ends=perhaps(starts + chance.randint(1, 120), share=0.7),
                published=chance.randint(1, 9),
                turn=chance.randint(0, 10**6),
                majors=some(2, of=5),
                terms=[number * 1_000 + 117 * number for number in some(3, of=8)],
                unit=chance.randint(1, 2),
            )
        )
    return made


def side_of(listing: ComparedListing) -> Side:
    """The same listing as the rules compare it."""
    digits = str(listing.occupation)

    def day(number: int | None) -> datetime.date | None:
        return datetime.date.fromordinal(number) if number else None

    return Side(
        occupation="-".join((digits[0], digits[1:3], digits[3:5], digits[5:]))
        if listing.occupation
        else "",
        majors=frozenset(map(str, listing.majors)),
        terms=frozenset(map(str, listing.terms)),
        chain=str(listing.chain or ""),
        division=str(listing.division),
        quantity=listing.quantity,
        unit=str(listing.unit),
        starts_on=day(listing.starts),
        ends_on=day(listing.ends),
    )


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """The address of a real master with two workers on 127.0.0.1 (独立集群)."""
    import pyspark

    home = Path(pyspark.__file__).parent
    running: list[subprocess.Popen[bytes]] = []

    def start(role: str, *arguments: str) -> Path:
        log = folder / f"{role}-{len(running)}.log"
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}"]
        places = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
        environment |= {"SPARK_DAEMON_MEMORY": "256m"}
        with log.open("wb") as out:
            running.append(
                subprocess.Popen(
                    [*command, *places, *arguments],
                    stdout=out,
                    stderr=out,
                    env=environment,
                    start_new_session=True,
                )
            )
        return log

    try:
        master_log = start("master.Master")
        address = said(master_log, r"spark://127\.0\.0\.1:\d+")[0]
        for number in (1, 2):
            work = ["--cores", "1", "--memory", "640m", "--work-dir", str(folder / f"w{number}")]
            start("worker.Worker", *work, address)
        said(master_log, r"Registering worker", times=2)
        yield address
    finally:
        for process in running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def said(log: Path, pattern: str, *, times: int = 1) -> list[str]:
    """What a log says in the end; fails with its last lines when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = re.findall(pattern, log.read_text(errors="replace"))
        if len(found) >= times:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{pattern} was never said: {log.read_text(errors='replace')[-2000:]}")

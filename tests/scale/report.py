"""`make scale`: what each page, list and filter costs at a size, beside the demonstration.

Loads FILES files (100,000) beside the demonstration into databases of their own, which stay for the next time:
in the server of DATABASE_URL where that is PostgreSQL, in var/scale otherwise. Fails where a
statement reads too much (SQLite tells nothing of it).
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

FOLDER = Path("var/scale")
SLOWER = 1.5  # times the demonstration, beyond which a line is marked
SLOW_QUERY = 15  # ms
SERVERS = ("postgres", "postgresql")


def main(files: int) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    small, large = measured(loaded(0), loaded(files))
    print(f"{'':>8} {'demonstration':>24}   {f'{files:,} files':>34}")
    print(
        f"{'':>8} {'ms':>6} {'CPU':>6} {'read':>8}   {'ms':>7} {'CPU':>6} {'sql':>3} {'read':>8} {'slowest':>7}"
    )
    for key, cost in large.items():
        print(line(key, small.get(key), cost))
    faults = [f"{' '.join(key)}: {fault}" for key, cost in large.items() for fault in faults_of(cost)]
    print(*summary(small, large), *faults, sep="\n")
    return 1 if faults else 0


def loaded(files: int) -> dict:
    """The environment of a database that holds so many files."""
    environment = os.environ | {
        "DATABASE_URL": database_of(files),
        "VAR_ROOT": str(FOLDER),
        "DEMO": "1",
        "DEBUG": "0",
    }
    manage(environment, "prepare")
    manage(environment, "demo", "--if-empty", "--verbosity", "0")
    if files:
        manage(environment, "bulk_data", "--youths", str(files), "--if-absent")
        sweep(environment["DATABASE_URL"])
    return environment


def measured(*environments: dict) -> list[dict]:
    """What each of them costs, by role and address. They take turns, so that a busy minute meets all alike."""
    asked = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.scale.measure"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for environment in environments
    ]
    costs: list[dict] = [{} for _ in asked]
    going = list(zip(asked, costs, strict=True))
    while going:
        going = [(process, found) for process, found in going if taken_down(process, found)]
    if any(process.wait() for process in asked):
        sys.exit("A measurement broke off.")
    return costs


def taken_down(process, found: dict) -> bool:
    """Let it ask once more; False at its end."""
    process.stdin.write("next\n")
    with suppress(BrokenPipeError):
        process.stdin.flush()
    row = process.stdout.readline()
    if row:
        cost = json.loads(row)
        found[cost["role"], cost["address"]] = cost
    return bool(row)


def manage(environment, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)


def sweep(address: str) -> None:
    """As a server does by itself in the hour after such a load, unless it is told not to."""
    if urlsplit(address).scheme in SERVERS:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM")


def database_of(files: int) -> str:
    """Its address; on a server it is made where it is not there yet."""
    server = urlsplit(os.environ.get("DATABASE_URL", ""))
    if server.scheme not in SERVERS:
        return f"sqlite:///{(FOLDER / f'{files}.sqlite3').resolve()}"
    name = f"{server.path.strip('/')}_scale_{files}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return urlunsplit(server._replace(path=f"/{name}"))


def line(key, small, large) -> str:
    before = f"{small['ms']:6.0f} {small['cpu']:6.0f} {small['read']:8}" if small else f"{'':22}"
    ratio = large["ms"] / small["ms"] if small else 0
    return (
        f"{'×' + format(ratio, '.1f') if ratio > SLOWER else '':>8} {before}   {large['ms']:7.0f} {large['cpu']:6.0f}"
        f" {large['queries']:3} {large['read']:8} {large['slowest']:7.1f}  {' '.join(key)}"
    )


def summary(small, large) -> list[str]:
    both = [key for key in large if key in small]
    slower = [key for key in both if large[key]["ms"] > SLOWER * small[key]["ms"]]
    slow = [key for key in large if large[key]["slowest"] > SLOW_QUERY]
    return [
        f"{len(large)} addresses as {len({role for role, address in large})} readers",
        f"{len(slower)} of {len(both)} take more than {SLOWER} times the demonstration’s time",
        f"{len(slow)} have a statement of more than {SLOW_QUERY} ms",
    ]


def faults_of(cost) -> list[str]:
    return [*cost["faults"], *([f"answers {cost['status']}"] if cost["status"] != 200 else [])]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

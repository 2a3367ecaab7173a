"""How many rows PostgreSQL reads for a statement, by its own account."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

FOR_EACH_SHOWN = 40
AT_LEAST = 2_000  # what a page may read that shows one row or none
FOR_EACH_COUNTED, FOR_EACH_HELD = 4, 12
# A search reads a structure's names from first to last, in one narrow index (docs/decisions/), and its cases.
LOOKS_THROUGH, FOR_EACH_SEARCHED = " LIKE ", 2.5
FEW = 100  # rows of a table that is a page or two: a look at it counts as one
COUNTING = {"Aggregate", "Unique"}
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"}


@dataclass(frozen=True)
class Reading:
    """What one statement read, and sorted, for the rows that it gave."""

    sql: str
    given: int
    counted: int
    read: int
    sorted: int
    ms: float
    tables: tuple[str, ...]

    def is_too_much(self, held: int, files: int) -> bool:
        """For a reader who holds so many young people, in a structure of so many files.

        A caseload, or the shares of a partner, may be read as a whole; names are searched from first to last.
        """
        searched = FOR_EACH_SEARCHED * files if LOOKS_THROUGH in self.sql else 0
        shown, counted = FOR_EACH_SHOWN * self.given, FOR_EACH_COUNTED * self.counted
        allowed = max(AT_LEAST, shown, counted, FOR_EACH_HELD * held, searched)
        return max(self.read, self.sorted) > allowed

    def __str__(self):
        most = ", ".join(self.tables)
        return f"{self.read} read ({most}), {self.sorted} sorted for {self.given}: {self.sql}"


def readings_of(statements: list[str]) -> list[Reading]:
    """Of the SELECTs among them, each run once more with its plan. SQLite tells nothing of it."""
    if connection.vendor != "postgresql":
        return []
    return [reading_of(sql) for sql in statements if sql.lstrip("( ").upper().startswith("SELECT")]


def reading_of(sql: str) -> Reading:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
    told = (json.loads(found) if isinstance(found, str) else found)[0]
    root = told["Plan"]
    nodes = list(nodes_of(root))
    scans = sorted(((rows_read(node), node) for node in nodes if node["Node Type"] in SCANS), key=most_first)
    return Reading(
        sql=sql,
        # What an OFFSET passes over is asked for, too: a median is one row of many.
        given=max([root["Actual Rows"], *(taken_in(node) for node in nodes if node["Node Type"] == "Limit")]),
        counted=sum(taken_in(node) for node in nodes if node["Node Type"] in COUNTING),
        read=sum(rows for rows, node in scans),
        sorted=max((taken_in(node) for node in nodes if "Sort" in node["Node Type"]), default=0),
        ms=told["Execution Time"],
        tables=tuple(f"{node['Node Type']} of {node['Relation Name']} {rows}" for rows, node in scans[:3]),
    )


def most_first(scan) -> int:
    return -scan[0]


def nodes_of(plan: dict) -> Iterator[dict]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes_of(inner)


def rows_read(node: dict) -> int:
    """Those given and those looked at in vain; a look that finds nothing is one, too."""
    looked_at = (
        node["Actual Rows"]
        + node.get("Rows Removed by Filter", 0)
        + node.get("Rows Removed by Index Recheck", 0)
    )
    if node["Node Type"] == "Seq Scan" and looked_at <= FEW:
        looked_at = 1
    return max(looked_at, 1) * node["Actual Loops"]


def taken_in(node: dict) -> int:
    return sum(inner["Actual Rows"] * inner["Actual Loops"] for inner in node["Plans"][:1])

"""A connection that leaves a server which neither answers nor goes: frozen, or behind a wire that swallows all.

The server's own limit of a statement cannot fire there, and the network looks well.
"""

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader


class Bounded(Connection):
    longest: float | None = None  # seconds

    def wait(self, gen, *args, timeout=None, **options):
        try:
            return super().wait(gen, *args, timeout=self.longest if timeout is None else timeout, **options)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # what it would still answer belongs to nobody; the pool makes another
            raise

    def cursor(self, *args, **options):
        """With the driver's own reading of moments, in C: Django's is Python, two thirds of a long read."""
        cursor = super().cursor(*args, **options)
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor


def giving_up_after(seconds: float | None) -> type[Connection]:
    """The pool makes its connections of a class, and hands it no value."""
    return type("Bounded", (Bounded,), {"longest": seconds})

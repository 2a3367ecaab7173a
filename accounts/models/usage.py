from django.db import connection, models

COUNTED = """
    INSERT INTO accounts_usage (caller, minute, calls, rows) SELECT %s, %s, 1, 0 {source}
    ON CONFLICT (caller) DO UPDATE SET
        calls = CASE WHEN accounts_usage.minute = excluded.minute THEN accounts_usage.calls ELSE 0 END + 1,
        rows = CASE WHEN accounts_usage.minute = excluded.minute THEN accounts_usage.rows ELSE 0 END,
        minute = excluded.minute
    RETURNING calls, rows
"""
# A count that a crash of the server loses is no loss: nobody waits for the disk.
SOURCE = {"postgresql": "FROM set_config('synchronous_commit', 'off', true)", "sqlite": "WHERE true"}


class Usage(models.Model):
    """What one caller of the API took in the minute that runs: one row each, which all processes share."""

    caller = models.UUIDField(primary_key=True)  # a token's id, or a membership's that calls by its session
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.calls} calls, {self.rows} rows"

    @classmethod
    def count_call(cls, caller, minute: int) -> tuple[int, int]:
        """One statement, one row written: the calls and rows of this minute, this call included."""
        with connection.cursor() as cursor:
            adapted = cls._meta.pk.get_db_prep_value(caller, connection)
            cursor.execute(COUNTED.format(source=SOURCE[connection.vendor]), [adapted, minute])
            return cursor.fetchone()

    @classmethod
    def count_rows(cls, caller, rows: int) -> None:
        with connection.cursor() as cursor:
            adapted = cls._meta.pk.get_db_prep_value(caller, connection)
            cursor.execute("UPDATE accounts_usage SET rows = rows + %s WHERE caller = %s", [rows, adapted])

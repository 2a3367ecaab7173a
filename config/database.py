"""How each engine is reached, and how long it may keep somebody waiting."""

from django.utils.module_loading import import_string
from environ import Env

GRACE = 2  # seconds that the server has to say itself that a statement took too long
SQLITE = {
    # Measured: with Django's defaults 59 of 1,600 transactions met 'database is locked', with these none.
    "transaction_mode": "IMMEDIATE",
    # For pages as well: its one lock is not handed out in turn. Of eight writers that hold it for 5 ms, one waited
    # 8 s; 5 seconds refused 3 of 1,600 whom 20 let through, and a refused page is a text typed in vain.
    "timeout": 20,
    "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
}


def database(env: Env, url: str) -> dict:
    """Django's settings of the database. Whoever waits for a page is told within a few seconds that it is away."""
    settings = env.db_url_config(url)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return settings | {"OPTIONS": SQLITE}
    # Seconds. config/wsgi.py says that people wait; jobs and commands may take their time.
    if env.bool("ANSWERS_PEOPLE", False):
        # Eight requests may wait for a free connection, three seconds; more are refused at once.
        statement, lock, waiting = 10, 5, {"timeout": 3, "max_waiting": 8}
    else:
        statement, lock, waiting = 600, 60, {"timeout": 60}
    statement = env.int("STATEMENT_TIMEOUT", statement)
    # By name: SQLite's users need not load a driver that takes a quarter of a second.
    giving_up_after = import_string("config.bounded.giving_up_after")
    options = {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", 20),
            "connection_class": giving_up_after(statement + GRACE if statement else None),
            **waiting,
        },
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,  # ms: the network may be gone while the connection looks alive
        # Compiling a query of rights takes a second, running it milliseconds: the planner takes it for a long one.
        # Nor does it know that on the disks of today a random page costs little more than the next one.
        "options": f"-c statement_timeout={statement}s -c lock_timeout={lock}s -c jit=off -c random_page_cost=1.1",
    }
    # Checked when taken from the pool: a restarted server costs nobody an error page.
    return settings | {"OPTIONS": options, "CONN_HEALTH_CHECKS": True}

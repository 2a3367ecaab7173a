"""Several people at the same instant: threads with connections of their own."""

import threading
from collections.abc import Callable

from django.db import connections

PATIENCE = 60  # seconds; a thread that takes longer waits for a lock that nobody will give


def at_once(*acts: Callable) -> list:
    """Start all acts together; returns what each returned, or the exception that it met."""
    outcomes: list = [TimeoutError("never came to an end")] * len(acts)
    gate = threading.Barrier(len(acts))

    def act(number: int) -> None:
        try:
            gate.wait(PATIENCE)
            outcomes[number] = acts[number]()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[number], daemon=True) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def errors(outcomes) -> list[type]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


class Observer(threading.Thread):
    """Looks again and again until told to stop; keeps what it saw that should never be."""

    def __init__(self, look: Callable[[], object | None]):
        super().__init__(daemon=True)
        self.look, self.looks, self.wrong = look, 0, []
        self.ended = threading.Event()

    def run(self):
        try:
            while not self.ended.is_set():
                self.looks += 1
                if (seen := self.look()) is not None:
                    self.wrong.append(seen)
        except Exception as error:
            self.wrong.append(error)
        finally:
            connections.close_all()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.ended.set()
        self.join(PATIENCE)

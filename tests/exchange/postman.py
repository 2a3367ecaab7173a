"""A mail server in the test's own process, which does as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Postman:
    """`answer` is what each message gets: a line of SMTP, or a callable that gives one."""

    def __init__(self, port: int):
        self.port, self.answer = port, "250 OK"
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope)
        return self.answer() if callable(self.answer) else self.answer

    @property
    def ids(self) -> list[str]:
        lines = [line for message in self.messages for line in message.content.decode().splitlines()]
        return [line.split()[1] for line in lines if line.startswith("Message-ID:")]


@contextmanager
def at_work() -> Iterator[Postman]:
    postman = Postman(closed_port())
    controller = Controller(postman, hostname="127.0.0.1", port=postman.port)
    controller.start()
    try:
        yield postman
    finally:
        controller.stop()


def closed_port() -> int:
    """Where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]

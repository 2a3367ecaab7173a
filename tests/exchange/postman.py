"""A mail server in the test's own process, which does as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

DROP = "drop"


class Postman:
    """`answer` is what each message gets, `to_each` each recipient: a line of SMTP, or a callable that gives one.

    Where one is `DROP` the connection is cut there, without a word.
    """

    def __init__(self, port: int):
        self.port, self.answer, self.to_each = port, "250 OK", "250 OK"
        self.messages, self.connections = [], 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_each == DROP:
            server.transport.abort()
        answer = self.to_each(address) if callable(self.to_each) else self.to_each
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope)
        if self.answer == DROP:
            server.transport.abort()
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

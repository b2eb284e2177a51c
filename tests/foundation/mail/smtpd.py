"""A mail server for tests: small, in this process, and as unkind as a test wants."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class Box:
    """What arrived, and how the server answers: `answer(command, argument)` may give another reply, or None for the
    usual one; the reply "cut" breaks the connection."""

    port: int = 0
    mails: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    connections: int = 0
    answer: Callable[[str, str], str | None] = lambda command, argument: None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=off"

    def to(self) -> list[str]:
        """The recipients, in the order of arrival."""
        return [recipient for _sender, recipient, _message in self.mails]


class _Handler(socketserver.StreamRequestHandler):
    box: Box

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.box.connections += 1
        sender = recipient = ""
        self.say(self.box.answer("CONNECT", "") or "220 proef")
        while line := self.rfile.readline():
            command, _, argument = line.decode().strip().partition(" ")
            command = command.upper()
            reply = self.box.answer(command, argument)
            if reply == "cut":
                return
            if reply is not None:
                self.say(reply)
                continue
            if command == "EHLO":
                self.say("250-proef\r\n250 SIZE 50000000")
            elif command == "MAIL":
                sender = argument.partition("<")[2].partition(">")[0]
                self.say("250 goed")
            elif command == "RCPT":
                recipient = argument.partition("<")[2].partition(">")[0]
                self.say("250 goed")
            elif command == "DATA":
                self.say("354 ga door")
                content = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    content += part[1:] if part.startswith(b"..") else part
                message: Any = message_from_bytes(content, policy=default)
                self.box.mails.append((sender, recipient, message))
                done = self.box.answer("ACCEPT", recipient)
                if done == "cut":
                    return
                self.say(done or "250 aangenomen")
            elif command == "QUIT":
                self.say("221 dag")
                return
            else:
                self.say("250 goed")


@contextmanager
def server() -> Iterator[Box]:
    """A mail server on a free port."""
    box = Box()
    handler = type("Handler", (_Handler,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        listening.daemon_threads = True
        box.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            listening.shutdown()


def free_port() -> int:
    """A port on which nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as taken:
        return int(taken.server_address[1])

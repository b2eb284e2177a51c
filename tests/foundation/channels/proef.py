"""An adapter for tests: what it was asked to do is remembered, what it answers is said beforehand."""

from dataclasses import dataclass, field

from loket.foundation.channels.adapters import Channel, Later, Media, Received, Request, Unverified


@dataclass
class Proef:
    """Its failures are raised one after another, and then it works."""

    phone: bool = True
    longest: int = 200
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def greet(self, channel: Channel, request: Request) -> bytes:
        raise Unverified("no")

    def verify(self, channel: Channel, request: Request) -> None:
        raise Unverified("no")

    def parse(self, channel: Channel, request: Request) -> Received:
        return Received()

    def send(self, channel: Channel, to: str, text: str, key: str) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((to, text, key))
        return f"wamid.{len(self.sent)}"

    def fetch(self, channel: Channel, media: Media, max_bytes: int) -> bytes:
        if media.id not in self.files:
            raise Later("away")
        return self.files[media.id]

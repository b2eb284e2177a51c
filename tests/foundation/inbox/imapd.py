"""An IMAP server for tests (the part of RFC 9051 that clients use): small, in this process, and as unkind as a test
wants. As a process of its own: `python -m tests.foundation.inbox.imapd PORT NUMBER` with so many mails in it."""

import base64
import re
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

GEBRUIKER, WACHTWOORD, TOKEN = "post@lw.voorbeeld.nl", 'ge"heim €1', "token-van-vandaag"
_SINCE = re.compile(r"SINCE (\d{1,2}-[A-Z][a-z]{2}-\d{4})")


@dataclass
class Brief:
    inhoud: bytes
    vlaggen: set[str] = field(default_factory=set)
    dag: date = date(2026, 11, 23)


@dataclass
class Map:
    uidvalidity: int = 7
    volgende: int = 1
    brieven: dict[int, Brief] = field(default_factory=dict)

    def voeg_toe(self, inhoud: bytes, dag: date = date(2026, 11, 23)) -> int:
        """A mail arrives; its UID."""
        uid, self.volgende = self.volgende, self.volgende + 1
        self.brieven[uid] = Brief(inhoud, dag=dag)
        return uid


@dataclass
class Post:
    """What is in the account, what was asked, and how the server answers: `answer(command, rest)` may give another
    reply, None for the usual one; "cut" breaks the connection."""

    port: int = 0
    mappen: dict[str, Map] = field(default_factory=lambda: {"INBOX": Map()})
    kan: str = "MOVE UIDPLUS SASL-IR"
    gevraagd: list[str] = field(default_factory=list)
    answer: Callable[[str, str], str | None] = lambda command, rest: None

    @property
    def inbox(self) -> Map:
        """Where mail arrives."""
        return self.mappen["INBOX"]


class _Handler(socketserver.StreamRequestHandler):
    post: Post
    map: Map | None = None
    binnen = False

    def say(self, line: str | bytes) -> None:
        self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def _line(self) -> str:
        """A whole command, with its literals as quoted strings."""
        line = self.rfile.readline()
        while found := re.search(rb"\{(\d+)(\+?)\}\r\n\Z", line):
            if not found[2]:
                self.say("+ go on")
            text = self.rfile.read(int(found[1]))
            line = line[: found.start()] + b'"' + text.replace(b'"', b'\\"') + b'"' + self.rfile.readline()
        return line.decode("utf-8", "replace").rstrip("\r\n")

    def handle(self) -> None:
        self.say(self.post.answer("CONNECT", "") or "* OK proef")
        while line := self._line():
            tag, _, rest = line.partition(" ")
            name, _, rest = rest.partition(" ")
            if name.upper() == "UID":
                name, _, rest = rest.partition(" ")
            name = name.upper()
            self.post.gevraagd.append(f"{name} {rest}".strip())
            reply = self.post.answer(name, rest)
            if reply == "cut":
                return
            done = reply or getattr(self, f"do_{name}", self._unknown)(tag, rest)
            self.say(f"{tag} {done}" if " " in done else f"{tag} {done} done")
            if name == "LOGOUT":
                return

    def _unknown(self, tag: str, rest: str) -> str:
        return "BAD what?"

    def do_CAPABILITY(self, tag: str, rest: str) -> str:
        self.say(f"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN {self.post.kan}")
        return "OK"

    def do_LOGIN(self, tag: str, rest: str) -> str:
        self.binnen = _strings(rest) == [GEBRUIKER, WACHTWOORD]
        return "OK in" if self.binnen else "NO [AUTHENTICATIONFAILED] wrong password"

    def do_AUTHENTICATE(self, tag: str, rest: str) -> str:
        kind, _, text = rest.partition(" ")
        if not text:
            self.say("+ ")
            text = self.rfile.readline().decode().strip()
        said = base64.b64decode(text).decode()
        good = f"\0{GEBRUIKER}\0{WACHTWOORD}" if kind == "PLAIN" else f"user={GEBRUIKER}\1auth=Bearer {TOKEN}\1\1"
        self.binnen = said == good
        return "OK in" if self.binnen else "NO [AUTHENTICATIONFAILED] wrong password"

    def do_SELECT(self, tag: str, rest: str) -> str:
        self.map = self.post.mappen.get(_strings(rest)[0]) if self.binnen else None
        if self.map is None:
            return "NO no such folder"
        self.say(f"* {len(self.map.brieven)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.map.uidvalidity}] here")
        self.say(f"* OK [UIDNEXT {self.map.volgende}] next")
        return "OK [READ-WRITE] open"

    do_EXAMINE = do_SELECT

    def do_LIST(self, tag: str, rest: str) -> str:
        if (name := _strings(rest)[-1]) in self.post.mappen:
            self.say(f'* LIST () "/" "{name}"')
        return "OK"

    def do_CREATE(self, tag: str, rest: str) -> str:
        self.post.mappen.setdefault(_strings(rest)[0], Map(uidvalidity=9))
        return "OK"

    def do_SEARCH(self, tag: str, rest: str) -> str:
        assert self.map is not None
        words = rest.split()
        uids = self._uids(words[words.index("UID") + 1])
        since = _SINCE.search(rest)
        found = [
            uid
            for uid in uids
            if (brief := self.map.brieven[uid])
            and not ("UNDELETED" in words and "\\Deleted" in brief.vlaggen)
            and not ("UNSEEN" in words and "\\Seen" in brief.vlaggen)
            and (since is None or brief.dag >= datetime.strptime(since[1], "%d-%b-%Y").date())
        ]
        self.say(" ".join(["* SEARCH", *map(str, found)]))
        return "OK"

    def do_FETCH(self, tag: str, rest: str) -> str:
        assert self.map is not None
        for uid in self._uids(rest.split()[0]):
            mail, number = self.map.brieven[uid].inhoud, list(self.map.brieven).index(uid) + 1
            if "RFC822.SIZE" in rest:
                self.say(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(mail)})")
            else:
                self.say(f"* {number} FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n".encode() + mail + b")")
        return "OK"

    def do_STORE(self, tag: str, rest: str) -> str:
        assert self.map is not None
        for uid in self._uids(rest.split()[0]):
            self.map.brieven[uid].vlaggen |= set(re.findall(r"\\\w+", rest))
        return "OK"

    def do_COPY(self, tag: str, rest: str) -> str:
        assert self.map is not None
        uids, name = rest.split(" ", 1)
        if (there := self.post.mappen.get(_strings(name)[0])) is None:
            return "NO [TRYCREATE] no such folder"
        for uid in self._uids(uids):
            there.voeg_toe(self.map.brieven[uid].inhoud)
        return "OK"

    def do_MOVE(self, tag: str, rest: str) -> str:
        done = self.do_COPY(tag, rest)
        return self._gone(self._uids(rest.split()[0])) if done == "OK" else done

    def do_EXPUNGE(self, tag: str, rest: str) -> str:
        assert self.map is not None
        uids = self._uids(rest) if rest else list(self.map.brieven)
        return self._gone([uid for uid in uids if "\\Deleted" in self.map.brieven[uid].vlaggen])

    def _gone(self, uids: list[int]) -> str:
        assert self.map is not None
        for uid in uids:
            self.say(f"* {list(self.map.brieven).index(uid) + 1} EXPUNGE")
            del self.map.brieven[uid]
        return "OK"

    def do_NOOP(self, tag: str, rest: str) -> str:
        return "OK"

    def do_LOGOUT(self, tag: str, rest: str) -> str:
        self.say("* BYE")
        return "OK"

    def _uids(self, words: str) -> list[int]:
        """Of a set such as `1:3,7:*`; the star is the last one, as the standard has it."""
        assert self.map is not None
        last = max(self.map.brieven, default=0)
        found: set[int] = set()
        for part in words.split(","):
            begin, _, end = part.partition(":")
            one, other = (last if word == "*" else int(word) for word in (begin, end or begin))
            found |= {uid for uid in self.map.brieven if min(one, other) <= uid <= max(one, other)}
        return sorted(found)


def _strings(text: str) -> list[str]:
    return [
        quoted.replace('\\"', '"').replace("\\\\", "\\") if quoted or not atom else atom
        for quoted, atom in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', text)
    ]


@contextmanager
def server(port: int = 0) -> Iterator[Post]:
    """The server on a free port, with an empty inbox."""
    post = Post()
    handler = type("Handler", (_Handler,), {"post": post})
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), handler) as listening:
        listening.daemon_threads = True
        post.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield post
        finally:
            listening.shutdown()


def mail(nummer: int, extra: bytes = b"") -> bytes:
    """A mail that differs from the others."""
    return (
        f"Return-Path: <joke{nummer}@voorbeeld.nl>\r\nFrom: Joke <joke{nummer}@voorbeeld.nl>\r\n"
        f"To: post@lw.voorbeeld.nl\r\nSubject: Lamp {nummer}\r\nMessage-ID: <lamp{nummer}@voorbeeld.nl>\r\n"
        "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\n\r\nDe lamp op nummer "
        f"{nummer} is stuk.\r\n"
    ).encode() + extra


if __name__ == "__main__":
    with server(int(sys.argv[1])) as here:
        for n in range(int(sys.argv[2])):
            here.inbox.voeg_toe(mail(n))
        print("ready", flush=True)
        threading.Event().wait()

"""A copy of a request's body as it arrives: all of it up to a bound, else its beginning and its end."""

from __future__ import annotations

from starlette.types import Message, Receive


class KeptBody:
    """The body of one request.

    Args:
        receive: Gives the messages of the request.
        most: Bytes that are kept; of a longer body the first and the last half of as many.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._half = most // 2
        self._head, self._tail = bytearray(), bytearray()
        self._seen = 0
        self._is_over = False

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self._is_over and self._seen == len(self._head) + len(self._tail)

    async def receive(self) -> Message:
        """Returns the next message of the request, and keeps what it carries of the body."""
        message = await self._receive()
        if message["type"] != "http.request":
            self._is_over = True
            return message
        self._keep(message.get("body", b""))
        self._is_over = not message.get("more_body", False)
        return message

    async def read(self, most: int) -> None:
        """Reads on until the body ends, its sender leaves, or so many bytes of it have come."""
        while not self._is_over and self._seen < most:
            await self.receive()

    def parts(self) -> tuple[bytes, ...]:
        """Returns what is kept: one part, or beginning and end where something between them is missing."""
        head, tail = bytes(self._head), bytes(self._tail)
        return (head + tail,) if self._seen == len(head) + len(tail) else (head, tail)

    def _keep(self, data: bytes) -> None:
        self._seen += len(data)
        room = self._half - len(self._head)
        self._head += data[:room]
        self._tail += data[room:]
        del self._tail[: max(0, len(self._tail) - self._half)]

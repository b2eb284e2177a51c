"""What Open311 answers when it cannot do what was asked."""


class Fout(Exception):
    """A refusal: the HTTP status, which is also the code in the answer, and what is wrong."""

    def __init__(self, status: int, wat: str) -> None:
        super().__init__(wat)
        self.status, self.wat = status, wat

"""From an evaluation to its HTML, and from that HTML to a tagged PDF."""


def html_of(evaluation) -> str:
    raise NotImplementedError


def pdf_of(html: str, evaluation) -> bytes:
    raise NotImplementedError

"""What a business rule says when it says no. The message is the sentence the person reads."""


class DomainError(Exception):
    """Becomes a red message on the page and a problem document in the API.

    `code` is the stable word for programs, `http_status` the status of the answer; `wait`, in seconds, is told
    where asking again helps.
    """

    code = "rule_broken"
    http_status = 409
    wait: float | None = None


class NotPermitted(DomainError):
    """The rule allows this to someone else."""

    code = "not_permitted"
    http_status = 403


class WrongStatus(DomainError):
    """The record is in a state from which this step does not start."""

    code = "wrong_status"


class Stale(DomainError):
    """Someone wrote the record after it was read. `current` is what stands now."""

    code = "stale"
    http_status = 412

    def __init__(self, message: str, current=None):
        super().__init__(message)
        self.current = current

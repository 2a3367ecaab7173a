"""Python's own stack, in one piece for each request (docs/decisions/stack-in-one-piece.md)."""

# Words of stack that the frame below claims. 3.11 to 3.13 then map a piece of 512 kB, half of which is left for all
# the frames above: some eight hundred of ours, where a page stands on two hundred.
CLAIMED = 32_000


class InOnePiece:
    """The first of the middlewares: what it calls finds the piece of stack that its own frame had mapped."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


InOnePiece.__call__.__code__ = InOnePiece.__call__.__code__.replace(co_stacksize=CLAIMED)

"""An undefined variable in a template of ours fails the test; third parties' templates may have theirs.

Django asks `string_if_invalid` for the text to print: `"%s" in value` first, then `value % name`.
"""

import sys

from django.conf import settings


class UndefinedVariable(Exception):
    """A template printed, or passed on, a variable that nobody gave it."""


class Undefined(str):
    """Used as the `string_if_invalid` of the template engine."""

    __slots__ = ()

    def __new__(cls):
        return super().__new__(cls, "")

    def __bool__(self):
        return True  # Django skips an empty string

    def __contains__(self, part):
        return part == "%s" or super().__contains__(part)

    def __mod__(self, variable):
        origin = _template_being_drawn(sys._getframe(1))
        if origin.startswith(str(settings.BASE_DIR / "templates")):
            raise UndefinedVariable(f"{variable} in {origin}")
        return ""


def _template_being_drawn(frame) -> str:
    """The file of the innermost node being drawn: an extended page of ours may hold a block of someone else's."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and getattr(node, "origin", None) is not None:
            return node.origin.name
        frame = frame.f_back
    return ""

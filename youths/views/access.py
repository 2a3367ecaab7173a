"""What every page about a young person begins with."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.audit import showing
from youths.models import Youth


def staff_writes(view):
    """Counsellors and directors open and change files; reception reads identities."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not request.member.is_mission_locale_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def shown_youth(request, pk) -> Youth:
    """The young person, whose file is from now on noted as read. One whom the reader may not see is a 404."""
    youths = Youth.objects.visible_to(request.member).select_related("organisation", "site")
    youth = get_object_or_404(youths, pk=pk)
    showing(request, "youths.youth", [youth.pk])
    return youth


def youth_to_change(request, pk) -> Youth:
    """The same for those who write in the file; reception, which sees that it exists, is refused."""
    youth = shown_youth(request, pk)
    if not request.member.is_mission_locale_staff:
        raise PermissionDenied
    return youth

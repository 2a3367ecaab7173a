"""A young person's file: what happened, what is to be done, who stands around them."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import audited, showing
from accounts.prepared import ForReader
from common import clock
from common.http import reads, wants_fragment
from common.pagination import CURSOR
from common.words import day_of, day_words
from desk.timeline import Shown, timeline
from desk.views.parts import Link
from desk.words import age_words, due_words, since_words
from exchange.documents.views import listed, show
from referrals.models import Referral
from youths.forms import ContactForm
from youths.forms.youth import GROUPS
from youths.models import ReferentAssignment, Reminder, TeamMember, Youth
from youths.models.youth import TEAM_ONLY


@audited
@reads
def youth_file(request, pk):
    """The follow-up: quick-log, timeline, rail. Reception, which reads no notes, gets the identity."""
    member = request.member
    if not member.is_mission_locale_staff:
        get_object_or_404(Youth.objects.visible_to(member), pk=pk)
        return redirect("desk:youth_identity", pk)
    youth = shown(request, pk)
    context = head(youth, member, "follow_up") | rail(youth, member) | events(request, youth)
    follow_up = context["follow_up"]
    context["is_referent"] = follow_up is not None and follow_up.referent_id == member.pk
    context["contact_form"] = ContactForm(has_due=context["has_due"])
    template = "desk/_youth_file_body.html" if wants_fragment(request) else "desk/youth_file.html"
    return render(request, template, context)


@audited
@reads
def youth_identity(request, pk):
    """All that the file says about the person; what is for the team only, to the team only."""
    youth = shown(request, pk)
    context = head(youth, request.member, "identity")
    context["groups"] = identity(youth, request.member)
    return render(request, "desk/youth_identity.html", context)


@audited
@reads
def youth_documents(request, pk):
    """Papers of the file, each with its older versions: not for reception, which reads identities alone."""
    youth = shown(request, pk)
    if not request.member.is_mission_locale_staff:
        raise PermissionDenied
    context = head(youth, request.member, "documents")
    context["documents"] = listed(request.member, youth)
    show(request, context["documents"])
    return render(request, "desk/youth_documents.html", context)


def shown(request, pk) -> Youth:
    youths = Youth.objects.visible_to(request.member).select_related("site")
    youth = get_object_or_404(youths, pk=pk)
    showing(request, "youths.youth", [youth.pk])
    return youth


def head(youth, member, section) -> dict:
    """The top of the file, whatever the section."""
    follow_up = youth.follow_up
    tabs = [
        Link(
            _("Identity and situation"),
            reverse("desk:youth_identity", args=[youth.pk]),
            section == "identity",
        )
    ]
    if member.is_mission_locale_staff:
        tabs.insert(0, Link(_("Follow-up"), youth.get_absolute_url(), section == "follow_up"))
        documents = reverse("desk:youth_documents", args=[youth.pk])
        tabs.append(Link(_("Documents"), documents, section == "documents"))
    waits = follow_up is None and not youth.follow_ups.exists()
    return {
        "youth": youth,
        "follow_up": follow_up,
        "lead": " · ".join(facts_of_the_head(youth, follow_up)),
        "tabs": tabs,
        "waits": waits,
        "waits_since": since_words(youth.created_at),
        "may_write": member.is_mission_locale_staff,
    }


def facts_of_the_head(youth, follow_up) -> list[str]:
    facts = [age_words(youth.age)]
    if youth.usual_name:
        facts.append(_("known as %(name)s") % {"name": youth.usual_name})
    if follow_up:
        facts.append(_("followed since %(date)s") % {"date": day_of(follow_up.opened_at)})
    return facts


def events(request, youth) -> dict:
    """One page of the timeline, and the chips that narrow it."""
    kind = request.GET.get("shown", "")
    kind = kind if kind in Shown.values else ""
    cursor = request.GET.get(CURSOR)
    entries, following = timeline(youth, reader=request.member, shown=kind, cursor=cursor)
    url = youth.get_absolute_url()
    query = f"shown={kind}&" if kind else ""
    chips = [Link(_("Everything"), url, not kind)]
    chips += [Link(str(choice.label), f"{url}?shown={choice}", kind == choice) for choice in Shown]
    return {
        "entries": entries,
        "chips": chips,
        "older_url": f"{url}?{query}{CURSOR}={following}" if following else "",
        "newest_url": (f"{url}?shown={kind}" if kind else url) if cursor else "",
        "is_first_contact": not (entries or kind or cursor),
    }


@ForReader
def beside(member, what: str, *, youth) -> QuerySet:
    """What stands beside the timeline of a file that the reader may see."""
    match what:
        case "reminders":
            return Reminder.objects.visible_to(member).open().filter(youth=youth).for_list()
        case "referrals":
            running = Referral.objects.visible_to(member).open().filter(youth=youth)
            return running.select_related("recipient").order_by("-created_at")
        case "team":
            return TeamMember.objects.filter(youth=youth, ends_on=None).select_related("member__user")
    past = ReferentAssignment.objects.filter(follow_up__youth=youth)
    return past.select_related("referent__user")


def rail(youth, member) -> dict:
    reminders = [
        {
            "pk": r.pk,
            "text": r.what or _("Get back in touch"),
            "due": due_words(r.due_on),
            "day": r.due_on,
        }
        for r in beside.rows(member, "reminders", youth=youth.pk)
    ]
    team = beside.rows(member, "team", youth=youth.pk)
    return {
        "reminders": reminders,
        "has_due": any(reminder["day"] <= clock.today() for reminder in reminders),
        "contact_facts": contact_facts(youth),
        "running": [
            {"referral": referral, "words": referral.wording(member)}
            for referral in beside.rows(member, "referrals", youth=youth.pk)
        ],
        "team": [(str(one.member), one.part) for one in team],
        "is_in_team": any(one.member_id == member.pk for one in team),
        "history": [
            {"name": str(one.referent), "dates": dates(one.starts_at, one.ends_at), "reason": one.reason}
            for one in beside.rows(member, "referents", youth=youth.pk)
        ],
    }


def dates(start, end) -> str:
    if end is None:
        return _("since %(date)s") % {"date": day_of(start)}
    return _("%(start)s to %(end)s") % {"start": day_of(start), "end": day_of(end)}


def contact_facts(youth) -> list[tuple[str, str]]:
    return [
        (_("E-mail"), youth.email),
        (_("Municipality"), youth.commune),
        (_("Prefers"), youth.get_preferred_channel_display()),
        (_("Languages"), youth.languages),
        (_("Interpreter"), _("Needed") if youth.interpreter else ""),
        (_("Legal representative"), youth.legal_representative if youth.age < 18 else ""),
    ]


def identity(youth, member) -> list[tuple[str, list]]:
    """Groups of labels and values; the situation is the counsellors' matter, some of it the team's alone."""
    shown_groups = list(GROUPS.items())[: None if member.is_mission_locale_staff else -1]
    hidden = set() if youth.tells_all_to(member) else TEAM_ONLY
    return [
        (title, [fact(youth, name) for name in names if name not in hidden]) for title, names in shown_groups
    ]


def fact(youth, name) -> tuple[str, str]:
    field, value = Youth._meta.get_field(name), getattr(youth, name)
    label = str(field.verbose_name)
    label = label[:1].upper() + label[1:]
    if isinstance(value, bool):
        return label, _("Yes") if value else _("No")
    if name == "birth_date":
        return label, f"{day_words(value)} ({age_words(youth.age)})"
    display = getattr(youth, f"get_{name}_display", None)
    return label, str(display() if display else value or "")

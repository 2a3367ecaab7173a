"""Who may do what at each address. tests/test_routes.py walks every route and fails where one is missing here.

What a person sees comes first: a record that is not in `SEES` for a role answers 404 to it, by every
method, exactly as one that does not exist. Of what is seen, a policy names who may read it and who may write it.
"""

from dataclasses import dataclass, field

from tests.seeded import CLIENTS, MEMBERS, NOBODY

EVERYBODY = frozenset({*MEMBERS, *CLIENTS})
STAFF = frozenset({"counsellor", "director", "client_of_ours"})
PARTNER = frozenset({"agent", "lead", "client_of_the_partner"})
DIRECTION = frozenset({"director", "client_of_ours"})
LEADS = frozenset({"lead", "client_of_the_partner"})
ADMINISTRATOR = frozenset({"administrator"})
HEADS = frozenset({"director", "lead"})  # who runs the staff: people, no programs


def of(*roles_and_ownerships) -> dict[str, frozenset[str]]:
    """`of((STAFF, "own shared"), ({"network"}, "shared"))`"""
    return {role: frozenset(owned.split()) for roles, owned in roles_and_ownerships for role in roles}


OURS = of((STAFF, "own shared"))
BOTH_SIDES = of((STAFF, "own shared"), (PARTNER, "shared"))
DIRECTORY = of((EVERYBODY - {"volunteer"}, "own shared foreign"))

SEES = {
    "": {},
    "youth": of((STAFF | {"reception"}, "own shared")),  # a partner reads the person inside its referral
    "follow_up": OURS,
    "accompaniment": BOTH_SIDES,
    "reminder": OURS,
    "note": BOTH_SIDES,  # a partner's
    "document": BOTH_SIDES,  # of a file, marked as shared
    "referral": BOTH_SIDES,
    "message": BOTH_SIDES,  # of a referral
    "agreement": BOTH_SIDES | of(({"network"}, "own shared")),
    "evaluation": BOTH_SIDES | of(({"network"}, "shared")),  # the published one
    "report": BOTH_SIDES,
    "organisation": DIRECTORY,
    "service_offer": DIRECTORY,
    "colleague": of(({"director"}, "own shared")),
    "invitation": of(({"director"}, "own shared")),
    "import": of((DIRECTION, "own shared")),
    "columns": of((DIRECTION, "own shared")),  # kept under a name
    "link": {},  # whoever has not opened it; what its holder sees stands in tests/exchange
    "notice": of(({"counsellor"}, "own shared")),  # one's own
    "export": of(({"counsellor"}, "own shared")),  # one's own
    "delivery": of(({"director"}, "own shared"), ({"administrator"}, "own shared foreign")),  # that failed
    "saved_view": of((STAFF | {"reception", "volunteer"}, "own shared")),  # shared by a counsellor
    "person": OURS,  # those whom one may name as referent
}
# Whose names may stand in an answer to whom.
NAMES = of((STAFF | {"reception"}, "own shared ended beside"), (PARTNER, "shared"))

SHOWN = frozenset({200})
# A form is sent nearly empty: done where nothing is asked, corrected or refused by a rule otherwise.
HEARD = frozenset({200, 201, 204, 302, 400, 409, 415, 422, 428})


@dataclass(frozen=True)
class Access:
    """Who may, of those who see the record; what the others are answered; who is answered something else."""

    roles: frozenset[str] = EVERYBODY
    refused: int = 403
    instead: dict[str, int] = field(default_factory=dict)
    # Who besides may with one of the records: it is their own house.
    own_house: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Policy:
    """`kind` is what the id in the address names; a method that is not listed is a 405."""

    kind: str = ""
    methods: dict[str, Access] = field(default_factory=dict)
    open_to_all: bool = False
    steps: tuple[str, ...] = ()
    sends: dict[str, str] = field(default_factory=dict)
    # Addresses of the sign-in library, which are about oneself alone: only that they stand is looked at.
    foreign: bool = False
    # Guards that stand before the method is looked at: these roles are refused by every method.
    guarded: bool = False
    # A page for people although it stands among the addresses of the API.
    leads_to_sign_in: bool = False


def reading(kind="", roles=EVERYBODY, refused=403, **instead) -> Policy:
    return Policy(kind, {"get": Access(roles, refused, instead)})


def form(kind="", roles=STAFF, refused=403, **more) -> Policy:
    """A page with a form, and sending it."""
    return Policy(kind, dict.fromkeys(("get", "post"), Access(roles, refused)), **more)


def click(kind="", roles=EVERYBODY, refused=403, **more) -> Policy:
    """Only sent, never opened."""
    return Policy(kind, {"post": Access(roles, refused)}, **more)


def by_its_house() -> Policy:
    """What the administrator says of every organisation, and a lead of the own one."""
    return Policy(
        "organisation",
        dict.fromkeys(("get", "post"), Access(ADMINISTRATOR, own_house={"lead": "shared"})),
    )


SEARCH = form(roles=EVERYBODY)  # by POST too: names travel in bodies
LIST = reading()  # everybody may ask; what is listed is what they see
PUBLIC = Policy(methods={"get": Access()}, open_to_all=True)
SIGNING_IN = Policy(foreign=True, open_to_all=True)
OWN_ACCOUNT = Policy(foreign=True)
NO_SUCH_MAIL = Policy(
    methods={"get": Access(frozenset(), 404, {"nobody": 404})}, open_to_all=True
)  # what each says stands in tests/demonstration
TOLD = 302  # led back, with a sentence that says why

POLICIES = {
    # Pages
    "desk:home": LIST,
    "desk:caseload": SEARCH,
    "desk:find": SEARCH,
    "desk:caseload_export": click(roles=STAFF),
    "desk:caseload_sheet": click(roles=DIRECTION),
    "desk:youth_file": reading("youth", reception=302),  # led to the identity
    "desk:youth_identity": reading("youth"),
    "desk:youth_documents": reading("youth", STAFF),
    "desk:agreement_page": reading("agreement"),
    "desk:interim_create": form(roles=DIRECTION | LEADS),
    "desk:gallery": LIST,
    "exchange:document_file": reading("document"),
    "exchange:document_replace": form("document"),
    "exchange:document_withdraw": form("document", DIRECTION),  # a colleague added it
    "youths:youth_create": form(),
    "youths:youth_edit": form("youth"),
    "youths:import_create": form(roles=DIRECTION),
    "youths:import_detail": reading("import"),
    "youths:import_columns": form("import", DIRECTION),
    "youths:import_words": click("import"),
    "youths:import_write": click("import"),
    "youths:import_continue": click("import"),
    "youths:import_leave": click("import"),
    "youths:import_refused": reading("import"),
    "youths:follow_up_open": form("youth"),
    "youths:follow_up_close": form("youth"),
    "youths:referent_change": form("youth"),
    "youths:team_join": click("youth", STAFF),
    "youths:document_create": form("youth"),
    "youths:team_leave": click("youth", STAFF),
    "youths:accompaniment_create": form("youth"),
    "youths:contact_create": Policy(methods=dict.fromkeys(("get", "post"), Access(STAFF)), guarded=True),
    "youths:youth_duplicates": Policy(methods={"post": Access(STAFF)}),
    "youths:reminder_settle": click("reminder", STAFF, refused=404),
    "youths:reminder_postpone": click("reminder", STAFF, refused=404, sends={"days": "7"}),
    "youths:note_readers": reading("note", STAFF, refused=404),
    "youths:note_pass_on": click("note", STAFF, refused=404),
    "youths:note_take_back": click("note", STAFF, refused=404),
    "referrals:referral_list": SEARCH,
    "referrals:referral_export": click(roles=STAFF | PARTNER),
    "referrals:referral_detail": reading("referral"),
    "referrals:referral_create": form("youth", refused=404),
    "referrals:document_create": form("referral", STAFF | PARTNER),
    "referrals:message_list": form("referral", STAFF | PARTNER),
    "referrals:contact_create": click("referral", PARTNER, refused=404),
    "referrals:referral_step": form("referral", PARTNER, TOLD, steps=("start", "stop")),
    "exchange:calendar": Policy(methods=dict.fromkeys(("get", "post"), Access())),
    "exchange:calendar_revoke": click(),
    "exchange:calendar_feed": Policy(
        methods={"get": Access(frozenset(), 404, {NOBODY: 404})}, open_to_all=True
    ),
    "partnerships:agreement_list": LIST,
    "partnerships:agreement_export": click(roles=STAFF | PARTNER | {"network"}),
    "partnerships:agreement_step": form("agreement", DIRECTION | LEADS, TOLD, steps=("denounce",)),
    "partnerships:document_create": form("agreement", DIRECTION | LEADS),
    "evaluations:evaluation_list": LIST,
    "evaluations:evaluation_export": click(roles=STAFF | PARTNER | {"network"}),
    "evaluations:due_list": LIST,
    "evaluations:evaluation_detail": reading("evaluation"),
    "evaluations:evaluation_create": click("agreement", DIRECTION, TOLD, sends={"year": "1"}),
    "evaluations:evaluation_step": click("evaluation", DIRECTION, TOLD, steps=("publish",)),
    "evaluations:report_create": click("evaluation", DIRECTION | LEADS, TOLD),
    "evaluations:report_detail": reading("report"),
    "evaluations:report_file": reading("report"),
    "evaluations:report_retry": click("report", DIRECTION | LEADS, TOLD),
    "exchange:link_open": Policy(methods=dict.fromkeys(("get", "post"), Access()), open_to_all=True),
    "exchange:invitation_answer": form("link", roles=EVERYBODY, open_to_all=True),
    "exchange:staff_list": reading(roles=HEADS),
    "exchange:member_change": form("colleague", roles=HEADS),
    "desk:organisation_page": reading("organisation"),
    "desk:organisation_close": form("organisation", roles=ADMINISTRATOR),
    "desk:organisation_reopen": click("organisation", roles=ADMINISTRATOR),
    "accounts:organisation_list": LIST,
    "accounts:organisation_create": form(roles=ADMINISTRATOR),
    "accounts:organisation_change": by_its_house(),
    "accounts:site_save": by_its_house(),
    "exchange:head_create": form("organisation", roles=ADMINISTRATOR),
    "desk:member_dates": form("colleague", roles=HEADS),
    "desk:member_end": form("colleague", roles=HEADS),
    "exchange:invitation_create": form(roles=HEADS),
    "exchange:invitation_resend": click("invitation"),
    "exchange:invitation_revoke": click("invitation"),
    "exchange:export_detail": reading("export"),
    "exchange:export_file": reading("export"),
    "exchange:export_cancel": click("export"),
    "exchange:account": Policy(methods=dict.fromkeys(("get", "post"), Access())),
    "exchange:address_change": Policy(methods=dict.fromkeys(("get", "post"), Access())),
    "exchange:address_withdraw": click(),
    "exchange:link_code": form("link", roles=EVERYBODY, open_to_all=True),
    "exchange:link_code_send": click("link", open_to_all=True),
    "exchange:link_blocked": reading("link"),
    "exchange:address_confirm": form("link", roles=EVERYBODY, open_to_all=True),
    "exchange:undelivered_list": reading(roles=HEADS | {"administrator"}),
    "exchange:undelivered_again": click("delivery"),
    "exchange:saved_view_create": form(roles=frozenset(), refused=404),  # of no list
    "exchange:saved_view_open": reading("saved_view", frozenset(), TOLD),
    "exchange:saved_view_change": form("saved_view", EVERYBODY),
    "exchange:saved_view_delete": click("saved_view"),
    "exchange:notice_list": LIST,
    "exchange:notices_read": click(),
    "exchange:notice_read": click("notice"),
    "exchange:preferences": form(roles=EVERYBODY),
    "exchange:notice_open": Policy("notice", {"get": Access(instead={"counsellor": 302}), "post": Access()}),
    "accounts:address": LIST,
    "accounts:new_factor": OWN_ACCOUNT,
    "accounts:new_password": SIGNING_IN,
    "accounts:session": Policy(methods=dict.fromkeys(("get", "post"), Access()), open_to_all=True),
    "accounts:session_list": Policy(methods=dict.fromkeys(("get", "post"), Access())),
    "accounts:session_resumed": LIST,
    "accounts:membership_switch": click(roles=frozenset(), refused=404),  # to none but one's own
    "demonstration:mail_list": PUBLIC,
    "demonstration:mail_text": NO_SUCH_MAIL,
    "demonstration:mail_html": NO_SUCH_MAIL,
    # API
    "api:root": LIST,
    "api:schema": LIST,
    "api:documentation": Policy(methods={"get": Access()}, leads_to_sign_in=True),
    "api:organisation-list": LIST,
    "api:organisation-detail": reading("organisation"),
    "api:person-list": LIST,
    "api:person-detail": reading("person"),
    "api:service-offer-list": LIST,
    "api:service-offer-detail": reading("service_offer"),
    "api:agreement-list": LIST,
    "api:agreement-detail": reading("agreement"),
    "api:youth-list": LIST,
    "api:youth-detail": Policy("youth", {"get": Access(), "patch": Access(STAFF)}),
    "api:follow-up-list": LIST,
    "api:follow-up-detail": reading("follow_up"),
    "api:accompaniment-list": form(roles=EVERYBODY),  # with whom one may reach; an empty one is corrected
    "api:accompaniment-detail": reading("accompaniment"),
    "api:referral-list": LIST,
    "api:referral-detail": reading("referral"),
    "api:document-list": form(roles=EVERYBODY),  # what is no form is refused
    "api:document-detail": reading("document"),
    "api:document-file": reading("document"),
    "api:document-withdraw": click("document", DIRECTION),
    "api:message-list": form(roles=EVERYBODY),  # an empty one is corrected
    "api:message-detail": reading("message"),
    "api:evaluation-list": LIST,
    "api:evaluation-detail": reading("evaluation"),
    "api:report-list": form(roles=EVERYBODY),
    "api:report-detail": reading("report"),
    "api:report-file": reading("report"),
    # Health, language
    "health_live": PUBLIC,
    "health_ready": PUBLIC,
    "set_language": SIGNING_IN,
    # Signing in, and one's own account
    "account_login": SIGNING_IN,
    "account_logout": SIGNING_IN,
    "account_inactive": SIGNING_IN,
    "account_signup": SIGNING_IN,
    "account_confirm_login_code": SIGNING_IN,
    "account_email_verification_sent": SIGNING_IN,
    "account_confirm_email": SIGNING_IN,
    "account_reset_password": SIGNING_IN,
    "account_reset_password_done": SIGNING_IN,
    "account_reset_password_from_key": SIGNING_IN,
    "account_reset_password_from_key_done": SIGNING_IN,
    "mfa_authenticate": SIGNING_IN,
    "mfa_trust": SIGNING_IN,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_email": OWN_ACCOUNT,
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "mfa_index": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_download_recovery_codes": OWN_ACCOUNT,
}

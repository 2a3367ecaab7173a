"""Where our rules of signing in differ from the library's."""

import base64
import hashlib
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import events, guessing, letters, sessions
from accounts.models import AuditEntry, Session


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """There is no public sign-up: people are invited."""
        return False

    def send_mail(self, template_prefix, email, context):
        """What the library tells of changes leaves as every letter does; each time is told."""
        facts = {"change": template_prefix, "ip": context.get("ip", "")}
        letters.write(letters.CHANGED, email, occasion=uuid.uuid4().hex, **facts)

    def authenticate(self, request, **credentials):
        """The library counts by address alone, so that a stranger could keep an account closed."""
        try:
            attempt = guessing.Attempt(request, credentials["email"])
        except guessing.TooManyGuesses as refusal:
            raise ValidationError(str(refusal)) from refusal
        user = super().authenticate(request, **credentials)
        if user:
            attempt.was_right()
        return user

    def set_password(self, user, password):
        """Whoever is signed in elsewhere with the former one is so no longer, and is not listed as if."""
        super().set_password(user, password)
        here = context.request.session.session_key
        Session.objects.running(user).exclude(pk=here).delete()

    def get_reset_password_from_key_url(self, key):
        uid, _, temporary = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, temporary])

    def post_login(self, request, user, **kwargs):
        """A sign-in is written down before its answer leaves, and its owner told of one with a new browser."""
        response = super().post_login(request, user, **kwargs)
        if guessing.is_elsewhere(request, user):
            with transaction.atomic():
                events.record("signed_in_elsewhere", user, by=None)
        guessing.remember(request, response, user)
        request.session[sessions.BROWSER] = sessions.browser_words(request.headers.get("User-Agent", ""))
        AuditEntry.objects.create(
            action=AuditEntry.Action.SIGNED_IN,
            route="account_login",
            subject_type="accounts.user",
            subject_ids=[str(user.pk)],
        )
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest, under a key derived from SECRET_KEY."""

    def _fernet(self):
        derived = hashlib.sha256(b"second-factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(derived))

    def encrypt(self, text):
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self._fernet().decrypt(encrypted_text.encode()).decode()

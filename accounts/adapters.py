"""Where our rules of signing in differ from the library's."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from accounts.models import AuditEntry


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """There is no public sign-up: people are invited."""
        return False

    def post_login(self, request, user, **kwargs):
        """A sign-in is written down before its answer leaves."""
        response = super().post_login(request, user, **kwargs)
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

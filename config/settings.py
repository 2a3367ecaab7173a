"""Settings, all fed by the environment (and a git-ignored `.env`). docs/running.md lists the variables."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from common import logs
from config import production
from config.broker import broker
from config.database import database
from config.files import storage
from config.private import private_folder
from config.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def chosen(name: str, default: str) -> str:
    """An empty value counts as none: files of variables are full of them."""
    return env.str(name, "") or default


# --- What kind of place this is -----------------------------------------------

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
# Only invented people are here: demonstration accounts are permitted, a second factor is not asked.
FICTITIOUS = DEBUG or DEMO
SECOND_FACTOR_REQUIRED = not FICTITIOUS

if not FICTITIOUS and (faults := production.faults(env)):
    raise ImproperlyConfigured("\n  - ".join(["Passerelle does not start:", *faults]))

SECRET_KEY = chosen("SECRET_KEY", production.PRINTED_SECRET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = chosen("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if SECRET_KEY == production.PRINTED_SECRET and not production.is_local([*ALLOWED_HOSTS, SITE_URL]):
    raise ImproperlyConfigured(production.PRINTED_BUT_SERVED)
IS_HTTPS = SITE_URL.startswith("https://")
# A proxy in front sets X-Forwarded-Proto and X-Forwarded-For itself; without one, anyone could write them.
TRUST_PROXY = env.bool("TRUST_PROXY", False)

# What the embedded engines write lives in one folder: database, broker, files, mail.
VAR = private_folder(Path(chosen("VAR_ROOT", str(BASE_DIR / "var"))))

# --- Applications -------------------------------------------------------------

# No django.contrib.admin: it would show every row to whoever runs the platform, who may see no file.
INSTALLED_APPS = [
    "common",
    "accounts",
    "exchange",
    "partnerships",
    "youths",
    "referrals",
    "evaluations",
    "desk",
    "demonstration",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "heroicons",
]

MIDDLEWARE = [
    "common.stack.InOnePiece",
    "common.health.HealthFirst",
    "common.logs.RequestId",
    "common.outage.Room",
    "common.http.Compressed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before all that may refuse, so that refusals carry the policy too.
    "csp.middleware.CSPMiddleware",
    "common.http.KeptNowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.locale.FrenchUnlessChosen",
    "common.http.NotTooLong",  # before whatever reads the body, as the next two may
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.StaysSignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page, unless it says login_not_required
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.MemberMiddleware",  # request.member, the actor of everything
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LeavesNothingBehind",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"  # of runserver too: it looks at whom it serves
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.navigation.navigation",
                "desk.acts.shortcuts",
                "demonstration.context.mailbox",
            ],
        },
    },
]
FORM_RENDERER = "common.forms.Renderer"  # one template draws every field

# How many requests a web process lets in at once, below its threads so that health can always answer: `serve`
# knows how many those are. 0: all.
REQUESTS_AT_ONCE = env.int("REQUESTS_AT_ONCE", 0)

# --- Database and cache -------------------------------------------------------

# No ATOMIC_REQUESTS: with IMMEDIATE transactions, every GET would take SQLite's only write lock.
DATABASES = {"default": database(env, chosen("DATABASE_URL", f"sqlite:///{VAR / 'db.sqlite3'}"))}

# Sign-in's rate limits live in the cache: it must be shared by the processes and survive Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # Django's 300 would forget the limits of a busy morning
    },
}

# --- Files, static files, mail ------------------------------------------------

# No MEDIA_URL: a file holds personal data, only a view that asks who reads may serve it.
MEDIA_ROOT = private_folder(Path(chosen("FILES_ROOT", str(VAR / "files"))))
FILES_URL = chosen("FILES_URL", "")  # a bucket instead of that folder
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

LONGEST_BODY = 11 * 1024 * 1024  # bytes: the largest document, and what a form says around it
# Given each document on its standard input; ends with 0 for clean, 1 for infected. None: nothing is scanned.
SCAN_COMMAND = chosen("SCAN_COMMAND", "")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "common.static.OneSheet",
]
STORAGES = {
    "default": storage(FILES_URL),
    "staticfiles": {
        "BACKEND": "common.static.Storage",
        # They are everybody's: in the image root collects them, and another user serves them.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

vars().update(env.email_url_config(chosen("EMAIL_URL", f"filemail:///{VAR / 'mail'}")))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = chosen("DEFAULT_FROM_EMAIL", "Passerelle <passerelle@localhost>")

# Where texts to telephones go: a folder, or a gateway (docs/running.md says what it is sent). Empty: none leave.
SMS_URL = chosen("SMS_URL", f"file://{VAR / 'sms'}" if FICTITIOUS else "")
SMS_TOKEN = chosen("SMS_TOKEN", "")

# Called with each event and its subject, in the transaction of the act: accounts imports nothing to its right.
EVENT_FOLLOWERS = ["exchange.deliveries.actions.tell"]
# Called with each letter about somebody’s own account, for the same reason.
LETTERS_LEAVE_BY = "exchange.deliveries.actions.send_letter"

# --- Sign-in ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds; NIST SP 800-63B gives a link in a mail no longer
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Length and a list of common passwords, no composition rules, no forced renewal: CNIL and ASVS agree.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.NotGuessable"},
]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "accounts.forms.ChangeForm",
    "reset_password": "accounts.forms.ResetForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # must agree with the line above; nobody signs up
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Passerelle] "
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is accepted from the mailbox it was sent to
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers whose address someone typed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_SESSION_REMEMBER = False  # computers at a reception desk are shared
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Guessing has rules of its own in accounts/guessing.py. The mail for a new password goes once in some minutes
# whoever asks, so that no stranger can use up its owner's requests.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUST_PROXY else 0

MFA_ADAPTER = "accounts.adapters.MFAAdapter"  # encrypts the secrets, which allauth keeps in plain
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateForm",  # marks its code as used, which the library does not
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_TOTP_ISSUER = "Passerelle"
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)

# They name people: not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 30 * 60  # seconds after what was done last
SESSION_LONGEST = timedelta(hours=10)  # after signing in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
# With this prefix no neighbour under the same domain can set or replace them; browsers demand https for it.
PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{PREFIX}sessionid", f"{PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME, MFA_TRUST_COOKIE_NAME = f"{PREFIX}language", f"{PREFIX}mfa_trusted"
DEVICE_COOKIE_NAME = f"{PREFIX}device"  # known to accounts/guessing.py; lets nobody in by itself
LANGUAGE_COOKIE_SAMESITE = "Lax"  # as Django has the others; the session's is HttpOnly too

# --- What browsers are told ---------------------------------------------------

# Django adds by itself: nosniff, no frames, same-origin referrer and opener.
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
# The host's parent domain, its other subdomains and the browsers' preload list are not ours to promise for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: is the second factor's QR code
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE, TIME_ZONE = "fr", "Europe/Paris"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
FILTERS_EMPTY_CHOICE_LABEL = _("All")
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- API ----------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiTokenAuthentication",
        "accounts.authentication.BrowserSession",
    ],
    # DRF's own default is AllowAny, and its views are exempt from LoginRequiredMiddleware.
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.ActsForAnOrganisation"],
    "DEFAULT_PAGINATION_CLASS": "common.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["common.api.JsonAnswer"],
    "DEFAULT_PARSER_CLASSES": ["common.api.Json"],
    "DEFAULT_SCHEMA_CLASS": "common.schema.Operations",
    # Callers are known by name: nobody else gets further than 401.
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttling.CallerThrottle"],
    "EXCEPTION_HANDLER": "common.api.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# For each token, all processes together; a client that asks for more waits for the next minute.
API_CALLS_A_MINUTE = env.int("API_CALLS_A_MINUTE", 3_000)
API_ROWS_A_MINUTE = env.int("API_ROWS_A_MINUTE", 200_000)

SPECTACULAR_SETTINGS = {
    "TITLE": "Passerelle API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {"FieldOfActionEnum": "partnerships.models.choices.FieldOfAction"},
    "COMPONENT_SPLIT_REQUEST": True,  # what is sent lacks what only we write, what is answered has it all
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["accounts.authentication.ActsForAnOrganisation"],
    # Served from our own host: pages load nothing from elsewhere.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Jobs ---------------------------------------------------------------------

# A row in our database is the job; a message only rings. Lost or doubled messages do no harm.
REDIS_URL = chosen("REDIS_URL", "")
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = broker(REDIS_URL, VAR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB; a PDF takes 90 MB, what leaks goes with its process
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# In memory: a kill in mid-write tears the default's file, and then nothing would be swept ever after.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- Logging ------------------------------------------------------------------

LOGGING = logs.configuration(chosen("LOG_FORMAT", "text"))

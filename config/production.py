"""What production needs before it may start: each missing or weak value, and why."""

from environ import Env

SMTP = ("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://")


def faults(env: Env) -> list[str]:
    """One sentence per value that is missing or too weak to protect people's files."""
    found = []
    secret = env.str("SECRET_KEY", "")
    if len(secret) < 50 or len(set(secret)) < 10:
        found.append(
            "SECRET_KEY must be 50 random characters or more: it signs sessions, it encrypts second factors."
        )
    hosts = env.list("ALLOWED_HOSTS", default=[])
    if not hosts or "*" in hosts:
        found.append(
            "ALLOWED_HOSTS must name the hosts served, without '*': others could lend us their name."
        )
    if not env.str("DATABASE_URL", ""):
        found.append(
            "DATABASE_URL must name the database: files of people must not land anywhere by default."
        )
    if not env.str("EMAIL_URL", "").startswith(SMTP):
        found.append("EMAIL_URL must name an SMTP server (smtp+tls://…): invitations and notices go by it.")
    if not env.str("SITE_URL", "").startswith("https://"):
        found.append("SITE_URL must begin with https://: passwords must not travel in the clear.")
    return found

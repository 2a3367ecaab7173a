"""What production needs before it may start: each missing or weak value, and why."""

from environ import Env

PRINTED_SECRET = "for demonstration and development only"  # noqa: S105
PRINTED_BUT_SERVED = (
    "Passerelle does not start: DEMO or DEBUG is on beside an address that others reach, with the secret printed "
    "in the source. Set SECRET_KEY to 50 random characters, or serve this machine alone."
)
LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}
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


def is_local(addresses: list[str]) -> bool:
    """Whether each host or http address is this machine's own."""
    hosts = (address.removeprefix("http://") for address in addresses)
    return all(host.partition("]")[0] + "]" in LOCAL or host.partition(":")[0] in LOCAL for host in hosts)

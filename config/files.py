"""Where files are kept: a folder, or a bucket of a storage that speaks S3."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}
IN_A_FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def storage(url: str) -> dict:
    """`s3://key:secret@host/bucket?region=…`; empty for a folder. `s3+http` is for a storage on the same machine."""
    if not url:
        return IN_A_FOLDER
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not (parts.hostname and parts.username and parts.password and bucket):
        raise ImproperlyConfigured("FILES_URL must read s3://key:secret@host/bucket?region=…")
    endpoint = f"{SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}"
    return {
        "BACKEND": "common.storage.S3",
        "OPTIONS": {
            "endpoint_url": endpoint,
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
            "file_overwrite": True,  # names are random: no need to ask first whether one is taken
        },
    }

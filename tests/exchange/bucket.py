"""The few words of S3 that the application speaks, on loopback; it asks for a signature, as a real one does."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

NAME, KEY = "papiers", "AKIDTEST"
MODIFIED = "Wed, 25 Nov 2026 08:00:00 GMT"


class Speaker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @property
    def key(self) -> str:
        return urlsplit(self.path).path.removeprefix(f"/{NAME}").strip("/")

    def refuses(self) -> bool:
        if f"Credential={KEY}/" in self.headers.get("Authorization", "") and self.server.is_open:
            return False
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        return True

    def do_PUT(self):
        if self.refuses():
            return
        self.server.held[self.key] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, ETag='"1"')

    def do_DELETE(self):
        if not self.refuses():
            self.server.held.pop(self.key, None)
            self.answer(204)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if self.refuses():
            return
        asked = parse_qs(urlsplit(self.path).query)
        if not self.key:
            self.answer(200, self.listed(asked.get("prefix", [""])[0]), Content_Type="application/xml")
        elif self.key in self.server.held:
            self.answer(200, self.server.held[self.key], ETag='"1"', Last_Modified=MODIFIED)
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def listed(self, prefix) -> bytes:
        """One level: the keys in the folder, and the folders in it."""
        below = [key for key in self.server.held if key.startswith(prefix)]
        folders = sorted(
            {prefix + k[len(prefix) :].split("/")[0] + "/" for k in below if "/" in k[len(prefix) :]}
        )
        keys = sorted(key for key in below if "/" not in key[len(prefix) :])
        found = [f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in folders]
        found += [f"<Contents><Key>{escape(k)}</Key><Size>1</Size></Contents>" for k in keys]
        inner = f"<IsTruncated>false</IsTruncated>{''.join(found)}"
        return f"<?xml version='1.0'?><ListBucketResult>{inner}</ListBucketResult>".encode()


@contextmanager
def at_work():
    """The server; `held` has its objects by key, `is_open` lets people in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Speaker)
    server.held, server.is_open = {}, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def address(server) -> str:
    return f"s3+http://{KEY}:secret@127.0.0.1:{server.server_port}/{NAME}?region=test"

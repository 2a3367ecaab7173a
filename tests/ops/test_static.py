"""Our static files are compressed when they are collected, once; those of the API's documentation are not."""

import gzip
import stat

from common.static import Storage

SHEET = b".card { padding: 16px; }\n" * 200
SIDECAR = "drf_spectacular_sidecar/swagger.css"


def test_ours_are_compressed_for_everybody_and_the_sidecar_is_left(tmp_path, settings):
    storage = Storage(location=tmp_path, base_url="/static/", file_permissions_mode=0o644)
    for name in ("card.css", SIDECAR):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SHEET)
    made = {name for _, name in storage.compress_files(["card.css", SIDECAR])}
    assert "card.css.gz" in made
    assert all(name.startswith("card.css.") for name in made)
    small = tmp_path / "card.css.gz"
    assert gzip.decompress(small.read_bytes()) == SHEET
    assert small.stat().st_size < len(SHEET) / 5
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in made} == {0o644}

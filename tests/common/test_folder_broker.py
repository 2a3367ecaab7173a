"""Messages in a folder: none is read before it is whole, none is lost."""

import threading
from queue import Empty

import pytest
from kombu import Connection

from common.folder_broker import Transport

MESSAGES = 200
LONG = "x" * 1_000_000  # takes long enough to write for a reader to come in between


def channel_of(folder):
    options = {name: str(folder) for name in ("data_folder_in", "data_folder_out", "control_folder")}
    options |= {"store_processed": True, "processed_folder": str(folder / "read")}
    return Connection(transport=Transport, transport_options=options).channel()


def exchanged(folder) -> list[int]:
    """What a reader gets while a writer writes; a half message raises."""
    (folder / "read").mkdir()
    writer, reader = channel_of(folder), channel_of(folder)

    def write():
        for number in range(MESSAGES):
            writer._put("jobs", {"number": number, "text": LONG})

    thread = threading.Thread(target=write)
    thread.start()
    read = []
    while thread.is_alive() or any(folder.glob("*.msg")):
        try:
            read.append(reader._get("jobs")["number"])
        except Empty:
            continue
    thread.join()
    return read


def test_every_message_arrives_whole_and_once(tmp_path):
    assert sorted(exchanged(tmp_path)) == list(range(MESSAGES))


def test_messages_are_read_in_the_order_written(tmp_path):
    (tmp_path / "read").mkdir()
    channel = channel_of(tmp_path)
    for number in range(5):
        channel._put("jobs", {"number": number})
    assert [channel._get("jobs")["number"] for _ in range(5)] == list(range(5))
    with pytest.raises(Empty):
        channel._get("jobs")

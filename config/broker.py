"""What rings for jobs: Redis where there is one, a folder otherwise."""

from pathlib import Path


def broker(redis_url: str, var: Path) -> tuple[str, dict[str, object]]:
    """The address and the options of the transport."""
    if redis_url:
        return redis_url, {
            "visibility_timeout": 3600,  # above the longest task, or it would be rung again while it runs
            "unacked_restore_throttle": 1,
            # A page never hangs because Redis is gone (a tenth of a second instead of six) or does not answer.
            "max_retries": 1,
            "interval_start": 0,
            "interval_max": 0,
            "socket_connect_timeout": 1,
            "socket_timeout": 2,
        }
    folder, control = var / "broker", var / "broker-control"
    for one in (folder, control):
        one.mkdir(exist_ok=True)
    return "folder://localhost", {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(control),
        "polling_interval": 0.2,
    }

"""What Django's `check` says about this machine before anyone is disappointed by it."""

import ctypes.util

from django.core.checks import Tags, Warning, register

# The names under which WeasyPrint looks for them, and Debian's packages.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


def missing_packages() -> list[str]:
    """Looks the libraries up without importing WeasyPrint, which takes two seconds and fails without them."""
    return [package for name, package in LIBRARIES.items() if ctypes.util.find_library(name) is None]


@register(Tags.files)
def pdf_libraries(app_configs, **kwargs) -> list[Warning]:
    missing = missing_packages()
    if not missing:
        return []
    return [
        Warning(
            "Evaluations cannot be made into PDFs on this machine; their print view works.",
            hint=f"Install Pango, on Debian: apt-get install {' '.join(missing)} fonts-dejavu-core",
            id="common.W001",
        )
    ]


if __name__ == "__main__":  # for scripts/setup
    print(*missing_packages())  # noqa: T201

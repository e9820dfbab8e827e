"""``lodeclaim version``: what is installed and with which data."""

from __future__ import annotations

import click

__all__ = ["version"]


@click.command(
    short_help="What is installed.",
    epilog="""\b
Examples:
  lodeclaim version""",
)
def version() -> None:
    """Print the versions of lodeclaim, Python and the libraries that results depend on."""
    import platform
    from importlib.metadata import version as installed

    from lodeclaim import __version__

    click.echo(f"lodeclaim {__version__}")
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for library in ("polars", "py3langid", "pypdf", "rapidfuzz", "sqlalchemy", "trafilatura"):
        click.echo(f"{library} {installed(library)}")

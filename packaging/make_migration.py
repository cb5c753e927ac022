"""Write the next schema revision from the difference between the models and the newest revision.

    .venv/bin/python packaging/make_migration.py 0002 "what changed"

Enum and moment columns are stored as plain text and timestamp; read the result before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(revision: str, message: str) -> None:
    """Autogenerate one revision against a throw-away database."""
    from alembic import command
    from alembic.config import Config

    from asn_desk import metadata
    from asn_desk.database.engine import for_writing, open_engine, sqlite_url

    config = Config()
    config.set_main_option("script_location", str(ROOT / "asn_desk" / "database" / "migrations"))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(sqlite_url(Path(folder) / "empty.db"))
        with for_writing(engine).connect() as connection:
            config.attributes["connection"] = connection
            config.attributes["metadata"] = metadata.METADATA
            command.upgrade(config, "head")
            command.revision(config, message=message, rev_id=revision, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

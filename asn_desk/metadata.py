"""All tables in one place: importing this module loads every feature's model, so that the mapper knows them all."""

from __future__ import annotations

from asn_desk.accounts import model as accounts_model
from asn_desk.candidacy import model as candidacy_model
from asn_desk.circulars import model as circulars_model
from asn_desk.circulars.return_files import returns_model
from asn_desk.circulars.scanning import model as scanning_model
from asn_desk.database import files
from asn_desk.database.base import Base
from asn_desk.database.trail import audit
from asn_desk.employees import model as employees_model
from asn_desk.letters import model as letters_model
from asn_desk.office import model as office_model
from asn_desk.regulations import model as regulations_model

MODELS = (
    audit, files, accounts_model, office_model, regulations_model, employees_model, letters_model, candidacy_model,
    circulars_model, returns_model, scanning_model,
)  # fmt: skip
METADATA = Base.metadata
ALL_TABLES = tuple(METADATA.tables)

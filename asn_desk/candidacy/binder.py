"""One PDF of a whole file: every letter as issued and every scan, behind an index with page numbers and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.binding import Bound, BoundPart, bind
from asn_desk.candidacy.loading import book_of, declaration_of, events_of
from asn_desk.candidacy.model import Declaration, DeclarationLetter, DeclarationPaper
from asn_desk.candidacy.secrecy import confidential, open_file
from asn_desk.database import files
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.letters.terms import LetterStatus
from asn_desk.regulations.office_packs import packs_of
from asn_desk.wording import Secrecy, long_date


def binder_name(declaration_id: int) -> str:
    """Return the binder's file name; it names the file by its number, never the person."""
    return f"bundel-berkas-{declaration_id}.pdf"


def binder(session: Session, declaration_id: int) -> Bound:
    """Return the binder of a file. Its title and properties name no person.

    Raises DeskError("not_allowed" | "unknown_declaration" | "nothing_to_bind") and as `files.fetch`.
    """
    require(session, Action.EXPORT)
    open_file(session, declaration_id)
    declaration = declaration_of(session, declaration_id)
    parts = [*_letters(session, declaration_id), *_papers(session, declaration), *_events(session, declaration_id)]
    if not parts:
        raise DeskError("nothing_to_bind", "Belum ada surat atau pindaian dalam berkas ini.")
    election = book_of(declaration).calendar.title
    secret = confidential(session, declaration_id)
    note = " Rahasia sampai calon ditetapkan." if secret else ""
    subtitle = f"{election}. Disusun pada {long_date(today(session))}{printed_mark(session)}.{note}"
    secrecy = Secrecy.CONFIDENTIAL if secret else Secrecy.LIMITED
    return bind(f"Bundel berkas pencalonan nomor {declaration_id}", subtitle, parts, secrecy)


def _letters(session: Session, declaration_id: int) -> Iterator[BoundPart]:
    query = (
        select(Letter, RegisterEntry.number)
        .join(DeclarationLetter, DeclarationLetter.letter_id == Letter.id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
        .where(DeclarationLetter.declaration_id == declaration_id, Letter.status != LetterStatus.VOID)
        .order_by(Letter.dated, Letter.id)
    )
    for letter, number in session.execute(query):
        kind = KINDS.get(letter.kind)
        title = (kind.title if kind else letter.kind) + (f", Nomor {number}" if number else "")
        yield BoundPart(title, letter.dated, files.fetch(session, letter.pdf_sha256))
        if letter.scan_sha256 is not None:
            scan = files.fetch(session, letter.scan_sha256)
            yield BoundPart(f"{title} (pindaian yang ditandatangani)", letter.signed_on or letter.dated, scan)


def _papers(session: Session, declaration: Declaration) -> Iterator[BoundPart]:
    titles = {item.doc: item.title for item in book_of(declaration).checklists}
    order = {code: place for place, code in enumerate(titles)}
    query = select(DeclarationPaper).where(
        DeclarationPaper.declaration_id == declaration.id, DeclarationPaper.file_sha256.is_not(None)
    )
    found = sorted(session.scalars(query), key=lambda row: order.get(row.paper_code, len(order)))
    for paper in found:
        assert paper.file_sha256 is not None
        title = titles.get(paper.paper_code, paper.paper_code)
        number = f", Nomor {paper.document_number}" if paper.document_number else ""
        yield BoundPart(f"{title}{number}", paper.document_date, files.fetch(session, paper.file_sha256))


def _events(session: Session, declaration_id: int) -> Iterator[BoundPart]:
    kinds = packs_of(session).events
    for event in events_of(session, declaration_id):
        if event.file_sha256 is not None:
            title = kinds[event.code].title if event.code in kinds else event.code
            number = f", Nomor {event.document_number}" if event.document_number else ""
            yield BoundPart(
                f"Bukti: {title}{number}",
                event.document_date or event.happened_on,
                files.fetch(session, event.file_sha256),
            )

"""The words of a dismissal: reasons weighed, bases, and the articles, for civil servants and contract staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn_desk.errors import DeskError
from asn_desk.letters.contents import catalogue
from asn_desk.letters.contents.catalogue import sure_texts
from asn_desk.letters.contents.facts import Facts, listed
from asn_desk.letters.contents.kinds_candidacy import (
    CANDIDATE,
    DISHONOURABLE,
    HONOURABLE,
    OWN_REQUEST,
    PARTY,
    PNS,
    RETIREMENT,
)
from asn_desk.wording import grouped_nip, long_date, number_words

_CONTRACT_ENDS = "pemutusan hubungan perjanjian kerja"
_ORDINALS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM")


def complete_proposal(facts: Facts, data: dict[str, Any]) -> None:
    """Fill the usual addressees of a proposal and what it proposes."""
    _check_form(facts)
    letter, proposal = data["surat"], data["usul"]
    letter["kepada"] = letter["kepada"] or f"{facts.office.head} selaku Pejabat Pembina Kepegawaian"
    letter["melalui"] = letter["melalui"] or facts.office.secretary
    letter["sifat"] = letter["sifat"] or "Segera"
    for row in proposal["daftar"]:
        row["nip"] = grouped_nip(row["nip"])
    count = len(proposal["daftar"])
    proposal["jumlah"] = f"{count} ({number_words(count)})"
    action = "pemberhentian" if proposal["status"] == PNS else _CONTRACT_ENDS
    proposal["tindakan"] = f"{action} {facts.fields['keputusan.jenis']}"
    proposal["berkas"] = listed(proposal["berkas"])


def complete_decree(facts: Facts, data: dict[str, Any]) -> None:
    """Fill title, reasons, bases and articles of a decree where the clerk wrote none."""
    _check_form(facts)
    decree, person = data["keputusan"], data["pegawai"]
    decree["tentang"] = f"{person['pemberhentian']} {_manner(facts)} sebagai {person['status']}".upper()
    named = f"Keputusan {data['kantor']['kepala_daerah']} tentang {_title(data)} atas nama {person['nama']}"
    decree["judul"] = f"{named.rstrip('.')}."
    reasons = decree["menimbang"] or _reasons(facts, data)
    decree["menimbang"] = [*(reason.rstrip(" ;.") + ";" for reason in reasons), _conclusion(len(reasons), data)]
    bases = decree["mengingat"] or sure_texts(
        catalogue.load().decree_bases(facts.dated, facts.fields["keputusan.alasan"], _staff(facts))
    )
    decree["mengingat"] = listed(bases, "")
    decree["diktum"] = [
        {"label": label, "teks": text} for label, text in zip(_ORDINALS, _articles(facts, data), strict=False)
    ]


def _check_form(facts: Facts) -> None:
    form, reason = facts.fields["keputusan.jenis"], facts.fields["keputusan.alasan"]
    if form == DISHONOURABLE and reason in {OWN_REQUEST, RETIREMENT}:
        sentence = f"Pemberhentian karena {reason} selalu dengan hormat. Pilih bentuk atau alasan lain."
        raise DeskError("letter_data", sentence, fields={"keputusan.jenis": sentence})


def _staff(facts: Facts) -> str:
    assert facts.person is not None
    return str(facts.person.kind)


def _manner(facts: Facts) -> str:
    own = facts.fields["keputusan.alasan"] == OWN_REQUEST
    return f"{HONOURABLE} {OWN_REQUEST}" if own else str(facts.fields["keputusan.jenis"])


def _reasons(facts: Facts, data: dict[str, Any]) -> list[str]:
    reason = facts.fields["keputusan.alasan"]
    fallen = facts.fields["keputusan.jenis"] == DISHONOURABLE
    found = list(_REASONS[reason](facts, data, fallen))
    number, day = facts.fields["pertek.nomor"], facts.fields["pertek.tanggal"]
    if number:
        dated = f" tanggal {long_date(day)}" if day else ""
        found.append(
            f"bahwa telah diperoleh pertimbangan teknis Badan Kepegawaian Negara Nomor {number}{dated} mengenai "
            f"{data['pegawai']['pemberhentian']} yang bersangkutan"
        )
    return found


def _handed_in(facts: Facts, what: str) -> str:
    day = facts.fields["diterima.tanggal_surat"]
    dated = f" dengan surat tanggal {long_date(day)}" if day else ""
    return f"telah mengajukan {what}{dated}"


def _because_candidate(facts: Facts, data: dict[str, Any], fallen: bool) -> list[str]:
    person, stand = data["pegawai"], data["pencalonan"]
    office = f"calon {stand['jabatan']}" if stand["jabatan"] else "calon"
    election = f" dalam {stand['pemilihan']}" if stand["pemilihan"] else ""
    determined = f"Saudara {person['nama']} ditetapkan sebagai {office}{election}"
    number, day = facts.fields["penetapan.nomor"], facts.fields["penetapan.tanggal"]
    body = data["penetapan"]["lembaga"] or "Komisi Pemilihan Umum"
    if number:
        dated = f" tanggal {long_date(day)}" if day else ""
        determined = f"berdasarkan Keputusan {body} Nomor {number}{dated}, {determined}"
    if fallen:
        return [
            f"bahwa {determined}",
            f"bahwa sampai saat itu yang bersangkutan tidak mengundurkan diri secara tertulis sebagai {person['status']}",
        ]
    resigned = _handed_in(facts, f"pengunduran diri sebagai {person['status']}")
    return [f"bahwa {determined}", f"bahwa yang bersangkutan {resigned}"]


def _because_asked(facts: Facts, data: dict[str, Any], _fallen: bool) -> list[str]:
    person = data["pegawai"]
    asked = _handed_in(facts, f"permohonan berhenti atas permintaan sendiri sebagai {person['status']}")
    return [f"bahwa Saudara {person['nama']} {asked}"]


def _because_of_age(_facts: Facts, data: dict[str, Any], _fallen: bool) -> list[str]:
    return [f"bahwa Saudara {data['pegawai']['nama']} telah mencapai batas usia pensiun"]


def _because_of_party(facts: Facts, data: dict[str, Any], fallen: bool) -> list[str]:
    person = data["pegawai"]
    if fallen:
        return [f"bahwa Saudara {person['nama']} terbukti menjadi anggota dan/atau pengurus partai politik"]
    resigned = _handed_in(facts, f"pengunduran diri sebagai {person['status']}")
    return [f"bahwa Saudara {person['nama']} {resigned} karena menjadi anggota dan/atau pengurus partai politik"]


_REASONS: dict[str, Callable[[Facts, dict[str, Any], bool], list[str]]] = {
    CANDIDATE: _because_candidate,
    OWN_REQUEST: _because_asked,
    RETIREMENT: _because_of_age,
    PARTY: _because_of_party,
}


def _conclusion(count: int, data: dict[str, Any]) -> str:
    letters = [f"huruf {chr(ord('a') + place)}" for place in range(count)]
    said = letters[0] if count == 1 else f"{', '.join(letters[:-1])}{',' if count > 2 else ''} dan {letters[-1]}"
    issuer = data["kantor"]["kepala_daerah"]
    return (
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam {said}, perlu menetapkan Keputusan {issuer} tentang "
        f"{_title(data)};"
    )


def _title(data: dict[str, Any]) -> str:
    """Return what the decree is about, in mixed case."""
    words = data["keputusan"]["tentang"].title().split()
    return " ".join(word.lower() if word in {"Dengan", "Sebagai", "Atas"} else word for word in words)


def _articles(facts: Facts, data: dict[str, Any]) -> list[str]:
    """Return the articles; the person's identity stands under the first one."""
    person = data["pegawai"]
    verb = (
        "Memberhentikan"
        if person["pemberhentian"] != _CONTRACT_ENDS
        else "Melakukan pemutusan hubungan perjanjian kerja"
    )
    day = long_date(facts.fields["keputusan.tmt"])
    found = [f"{verb} {_manner(facts)} sebagai {person['status']}, terhitung mulai tanggal {day}:"]
    pension = _pension(facts)
    if pension:
        found.append(pension)
    found += [
        "Apabila di kemudian hari ternyata terdapat kekeliruan dalam Keputusan ini, akan diadakan perbaikan sebagaimana mestinya.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan dan disampaikan kepada yang bersangkutan untuk dilaksanakan.",
    ]
    return found


def _pension(facts: Facts) -> str:
    chosen = facts.fields["keputusan.pensiun"]
    if chosen == "dengan hak pensiun":
        return "Kepada yang bersangkutan diberikan hak pensiun sesuai dengan ketentuan peraturan perundang-undangan."
    return "Kepada yang bersangkutan tidak diberikan hak pensiun." if chosen else ""

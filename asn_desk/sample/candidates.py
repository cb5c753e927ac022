"""Picks the people of the demo who want to stand for office, so that every track and stage of a declaration is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from asn_desk.sample.columns import SiasnRow
from asn_desk.sample.office import full_name


@dataclass(frozen=True, slots=True)
class DemoCandidate:
    """One declaration of the demo.

    `office` is a code of the offices table (WALKOT, BUP, GUB, DPRD_KAB, DPRD_PROV, KADES, PARPOL); `seat` what the clerk reads;
    `election` is PILKADA_2024, PEMILU_2024, PILKADES or empty; `path` is PARPOL, PERSEORANGAN or empty. `kpu_stage` and
    `staff_stage` name how far the two tracks are on 9 September 2024; `note` is a remark in Indonesian.
    """

    nip: str
    name: str
    office: str
    seat: str
    election: str
    path: str
    kpu_stage: str
    staff_stage: str
    note: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the demo asks for: a test for the person and the declaration's values in the order of DemoCandidate."""

    fits: Callable[[SiasnRow], bool]
    declaration: tuple[str, str, str, str, str, str, str]


def _department_head(row: SiasnRow) -> bool:
    return row["JABATAN NAMA"].startswith("Kepala Dinas") and row["GOL AKHIR NAMA"] == "IV/c"


def _district_head(row: SiasnRow) -> bool:
    return row["JABATAN NAMA"].startswith("Camat ")


def _village_ward_head(row: SiasnRow) -> bool:
    return row["JABATAN NAMA"].startswith("Lurah ")


def _contract_teacher(row: SiasnRow) -> bool:
    return row["JENIS PEGAWAI ID"] == "20" and row["JABATAN NAMA"].startswith("AHLI PERTAMA - GURU")


def _contract_staff(row: SiasnRow) -> bool:
    return row["JENIS PEGAWAI ID"] == "20" and row["JENIS JABATAN ID"] == "4"


def _part_timer(row: SiasnRow) -> bool:
    return row["JENIS PEGAWAI ID"] == "21"


def _retired(row: SiasnRow) -> bool:
    return row["KEDUDUKAN HUKUM ID"] == "99"


def _about_to_retire(row: SiasnRow) -> bool:
    return row["KEDUDUKAN HUKUM ID"] == "20"


def _active_pns(row: SiasnRow) -> bool:
    return row["KEDUDUKAN HUKUM ID"] == "1" and row["STATUS CPNS PNS"] == "P"


def _senior_teacher(row: SiasnRow) -> bool:
    return _active_pns(row) and row["JABATAN NAMA"].startswith("Guru ") and row["GOL AKHIR NAMA"] == "IV/b"


def _general_staff(row: SiasnRow) -> bool:
    return _active_pns(row) and row["JENIS JABATAN ID"] == "4"


_WISHES = (
    _Wish(_department_head, (
        "WALKOT", "Wakil Wali Kota Contoh", "PILKADA_2024", "PARPOL", "TERDAFTAR", "DIPROSES",
        "Surat keterangan sedang diproses sudah diserahkan kepada KPU.",
    )),
    _Wish(_district_head, (
        "BUP", "Bupati Kabupaten Misal", "PILKADA_2024", "PARPOL", "TERDAFTAR", "TANDA_TERIMA",
        "Mencalonkan diri di daerah lain; surat keterangan sedang diproses belum diterbitkan.",
    )),
    _Wish(_senior_teacher, (
        "GUB", "Wakil Gubernur Provinsi Misal Raya", "PILKADA_2024", "PERSEORANGAN", "TERDAFTAR", "BERKAS_KURANG",
        "Jalur perseorangan; berkas usul pemberhentian belum lengkap.",
    )),
    _Wish(_about_to_retire, (
        "WALKOT", "Wali Kota Contoh", "PILKADA_2024", "PARPOL", "TERDAFTAR", "MENGUNDURKAN_DIRI",
        "Dalam masa persiapan pensiun; batas usia pensiun jatuh sesudah penetapan pasangan calon.",
    )),
    _Wish(_contract_teacher, (
        "DPRD_KAB", "Anggota DPRD Kota Contoh", "PEMILU_2024", "PARPOL", "TMS", "KEMBALI_AKTIF",
        "Tidak masuk daftar calon tetap; surat pengunduran diri diarsipkan.",
    )),
    _Wish(_retired, (
        "DPRD_PROV", "Anggota DPRD Provinsi Misal Raya", "PEMILU_2024", "PARPOL", "DITETAPKAN", "PENSIUN",
        "Pensiun karena batas usia pensiun sebelum penetapan daftar calon tetap.",
    )),
    _Wish(_contract_staff, (
        "KADES", "Kepala Desa Karang Makmur, Kabupaten Misal", "PILKADES", "", "", "MENGUNDURKAN_DIRI",
        "PPPK harus mengundurkan diri sebelum pendaftaran bakal calon.",
    )),
    _Wish(_general_staff, (
        "KADES", "Kepala Desa Sumber Lestari, Kabupaten Misal", "PILKADES", "", "", "JALUR_IZIN_KADES",
        "Izin tertulis pejabat pembina kepegawaian sedang dimohonkan.",
    )),
    _Wish(_village_ward_head, (
        "PARPOL", "Tercatat sebagai anggota partai politik", "", "PARPOL", "", "SALAH_CATAT",
        "Nama tercantum di Sipol tanpa persetujuan; sudah membuat surat pernyataan.",
    )),
    _Wish(_part_timer, (
        "WALKOT", "Wakil Wali Kota Contoh", "PILKADA_2024", "PARPOL", "", "MUNDUR_PENCALONAN",
        "Menarik diri sebelum pendaftaran pasangan calon.",
    )),
)  # fmt: skip


def demo_candidates(rows: Iterable[SiasnRow]) -> tuple[DemoCandidate, ...]:
    """Return ten declarations for the demo, made for the first fitting people among `rows`, nobody twice.

    Reads each row once and keeps only the chosen. Raises LookupError when no person fits one of the ten.
    """
    chosen: dict[int, DemoCandidate] = {}
    for row in rows:
        for place, wish in enumerate(_WISHES):
            if place not in chosen and wish.fits(row):
                chosen[place] = DemoCandidate(row["NIP BARU"], full_name(row), *wish.declaration)
                break
        if len(chosen) == len(_WISHES):
            return tuple(chosen[place] for place in sorted(chosen))
    missing = [wish.declaration[1] for place, wish in enumerate(_WISHES) if place not in chosen]
    msg = f"nobody in the sample fits: {', '.join(missing)}"
    raise LookupError(msg)

"""Templates of the papers that the person signs: requests, reports and statements, without kop and number."""

from __future__ import annotations

from template_kit import WordFile, para, when
from template_parts import (
    addressed,
    attachments,
    closing,
    ending,
    identity,
    numbered,
    person_lines,
    person_with_address,
    personal_head,
    plain_signature,
    space,
    stamped_signature,
    statement,
    text,
    to_the_head,
)

TRUE = "Demikian surat pernyataan ini saya buat dengan sebenarnya untuk digunakan sebagaimana mestinya."


def leave_request() -> WordFile:
    """L-2: the request to be dismissed, with its reason and the wanted day."""
    return statement(
        "Surat Permohonan Berhenti",
        personal_head("Permohonan berhenti sebagai {{ pegawai.status }}"),
        to_the_head(),
        text("Dengan hormat, yang bertanda tangan di bawah ini:"),
        person_with_address(),
        text(
            "dengan ini mengajukan permohonan berhenti dengan hormat sebagai {{ pegawai.status }}{% if permohonan.tmt %} terhitung "
            "mulai tanggal {{ permohonan.tmt|tanggal }}{% endif %} dengan alasan {{ permohonan.alasan }}.",
            above=6,
        ),
        attachments(),
        text(
            "Sampai dengan diterimanya keputusan {{ pegawai.pemberhentian }}, saya tetap melaksanakan tugas dan menjaga netralitas "
            "sebagai {{ pegawai.status }}.",
            above=6,
        ),
        ending(
            closing("Demikian permohonan ini saya sampaikan. Atas perkenan Bapak/Ibu, saya ucapkan terima kasih."),
            plain_signature(),
            copied="",
        ),
    )


def candidacy_report() -> WordFile:
    """L-3: the report of a candidacy to the staffing authority, which the election commission wants to see."""
    return statement(
        "Laporan Pencalonan",
        personal_head("Laporan pencalonan sebagai {{ pencalonan.jabatan }}"),
        to_the_head(),
        text("Dengan hormat, yang bertanda tangan di bawah ini:"),
        person_with_address(),
        text("dengan ini melaporkan bahwa saya mencalonkan diri dengan keterangan sebagai berikut:", above=6),
        identity("Jabatan yang dituju", "{{ pencalonan.jabatan }}"),
        identity("Pemilihan", "{{ pencalonan.pemilihan }}"),
        when("pencalonan.wilayah", identity("Wilayah pemilihan", "{{ pencalonan.wilayah }}")),
        when("pencalonan.pasangan", identity("Pasangan calon", "{{ pencalonan.pasangan }}")),
        when("pencalonan.jalur", identity("Jalur pencalonan", "{{ pencalonan.jalur }}")),
        when(
            "pencalonan.pendaftaran",
            identity("Rencana pendaftaran", "{{ pencalonan.pendaftaran|hari }}, {{ pencalonan.pendaftaran|tanggal }}"),
        ),
        text("Sehubungan dengan pencalonan tersebut, saya menyatakan:", above=6),
        numbered(
            "bersedia mengundurkan diri secara tertulis sebagai {{ pegawai.status }} sesuai dengan ketentuan peraturan "
            "perundang-undangan; dan"
        ),
        numbered(
            "tetap melaksanakan tugas dan menjaga netralitas sebagai {{ pegawai.status }} sampai dengan berlakunya keputusan "
            "{{ pegawai.pemberhentian }}."
        ),
        attachments(),
        ending(
            closing("Demikian laporan ini saya sampaikan untuk menjadi periksa dan digunakan sebagaimana mestinya."),
            stamped_signature("Yang melaporkan,"),
            copied="",
        ),
    )


def decree_not_received() -> WordFile:
    """L-9: the candidate's statement that the decree is late through no fault of theirs."""
    return statement(
        "Pernyataan Keputusan Pemberhentian Belum Diterima",
        para("SURAT PERNYATAAN", "Judul"),
        para("KEPUTUSAN {{ pegawai.pemberhentian|kapital }} BELUM DITERIMA", "Judul", properties=space(0, 12)),
        addressed("Yth. {{ surat.kepada }}", "di tempat"),
        text("Yang bertanda tangan di bawah ini:"),
        person_with_address(),
        text(
            "sehubungan dengan pencalonan saya sebagai {{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }}, dengan ini "
            "menyatakan bahwa:",
            above=6,
        ),
        numbered(
            "saya telah mengajukan pengunduran diri sebagai {{ pegawai.status }} dengan surat pernyataan tanggal "
            "{{ diterima.tanggal_surat|tanggal }}, yang diterima oleh {{ kantor.instansi }} pada tanggal "
            "{{ diterima.tanggal|tanggal }}{% if tanda_terima.nomor %} sesuai dengan tanda terima Nomor {{ tanda_terima.nomor }}"
            "{% if tanda_terima.tanggal %} tanggal {{ tanda_terima.tanggal|tanggal }}{% endif %}{% endif %};"
        ),
        numbered(
            "sampai dengan tanggal surat pernyataan ini, keputusan {{ pegawai.pemberhentian }} saya sebagai {{ pegawai.status }} "
            "belum saya terima karena {{ proses.sebab }};"
        ),
        numbered("belum terbitnya keputusan tersebut berada di luar kemampuan saya; dan"),
        numbered("saya segera menyampaikan keputusan tersebut kepada penyelenggara pemilihan setelah saya terima."),
        ending(closing(TRUE), stamped_signature(), copied=""),
    )


def no_party_member() -> WordFile:
    """L-12: the statement of a person whom a party has listed without consent."""
    return statement(
        "Pernyataan Bukan Anggota Partai Politik",
        para("SURAT PERNYATAAN", "Judul"),
        para("BUKAN ANGGOTA PARTAI POLITIK", "Judul", properties=space(0, 12)),
        addressed("Yth. {{ surat.kepada }}", "di tempat"),
        text("Yang bertanda tangan di bawah ini:"),
        person_lines(),
        when("pegawai.nik", identity("NIK", "{{ pegawai.nik }}")),
        when("pegawai.alamat", identity("Alamat", "{{ pegawai.alamat }}")),
        text("dengan ini menyatakan bahwa:", above=6),
        numbered("saya bukan anggota dan bukan pengurus {{ sipol.partai }} maupun partai politik lainnya;"),
        numbered(
            "nama dan/atau data diri saya tercatat sebagai anggota {{ sipol.partai }} dalam Sistem Informasi Partai Politik (Sipol)"
            "{% if sipol.tanggal %}, yang saya ketahui pada tanggal {{ sipol.tanggal|tanggal }},{% endif %} tanpa sepengetahuan dan "
            "tanpa persetujuan saya;"
        ),
        numbered("saya berkeberatan atas pencatatan tersebut dan memohon agar nama dan data diri saya dihapus; dan"),
        numbered(
            "apabila pernyataan ini di kemudian hari terbukti tidak benar, saya bersedia dikenai sanksi sesuai dengan ketentuan "
            "peraturan perundang-undangan."
        ),
        ending(closing(TRUE), stamped_signature(), copied=""),
    )


def unpaid_leave() -> WordFile:
    """L-13: the request of a candidate's husband or wife for leave outside the state's expense."""
    return statement(
        "Permohonan Cuti di Luar Tanggungan Negara",
        personal_head("Permohonan cuti di luar tanggungan negara"),
        to_the_head(),
        text("Dengan hormat, yang bertanda tangan di bawah ini:"),
        person_with_address(),
        text(
            "dengan ini mengajukan permohonan cuti di luar tanggungan negara terhitung mulai tanggal {{ cuti.mulai|tanggal }} sampai "
            "dengan tanggal {{ cuti.sampai|tanggal }} untuk mendampingi {{ pasangan.sebutan }} saya, {{ pasangan.nama }}, yang menjadi "
            "calon {{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }}.",
            above=6,
        ),
        text(
            "Sebelum cuti tersebut diberikan, saya tetap melaksanakan tugas, tidak mendampingi {{ pasangan.sebutan }} saya dalam "
            "kegiatan kampanye, dan menjaga netralitas sebagai {{ pegawai.status }}."
        ),
        attachments(),
        ending(
            closing("Demikian permohonan ini saya sampaikan. Atas perkenan Bapak/Ibu, saya ucapkan terima kasih."),
            plain_signature(),
            copied="",
        ),
    )


def acting_head_resignation() -> WordFile:
    """L-11: an acting head of region who wants to run gives the post back to the minister."""
    return statement(
        "Pengunduran Diri dari Jabatan Penjabat",
        personal_head("Pengunduran diri sebagai {{ penjabat.jabatan }}"),
        para("Yth. Menteri Dalam Negeri", "Kepada"),
        when("surat.melalui", para("melalui {{ surat.melalui }}", "Kepada")),
        para("di Jakarta", "Kepada", properties=space(0, 12)),
        text("Dengan hormat, yang bertanda tangan di bawah ini:"),
        person_lines(),
        text(
            "yang diangkat sebagai {{ penjabat.jabatan }} dengan keputusan Nomor {{ penjabat.sk_nomor }} tanggal "
            "{{ penjabat.sk_tanggal|tanggal }}, dengan ini menyatakan mengundurkan diri sebagai {{ penjabat.jabatan }}"
            "{% if penjabat.mulai %} terhitung mulai tanggal {{ penjabat.mulai|tanggal }}{% endif %} karena mencalonkan diri sebagai "
            "{{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }}.",
            above=6,
        ),
        text(
            "Sampai dengan terbitnya keputusan pemberhentian sebagai {{ penjabat.jabatan }}, saya tetap melaksanakan tugas dan "
            "menjaga netralitas."
        ),
        attachments(),
        ending(
            closing(
                "Demikian pengunduran diri ini saya sampaikan. Atas perhatian Bapak/Ibu Menteri, saya ucapkan terima kasih."
            ),
            plain_signature(),
        ),
    )


MADE = {
    "surat_permohonan_berhenti": leave_request,
    "laporan_pencalonan": candidacy_report,
    "pernyataan_sk_belum_diterima": decree_not_received,
    "pernyataan_bukan_anggota_parpol": no_party_member,
    "permohonan_cltn": unpaid_leave,
    "pengunduran_diri_penjabat": acting_head_resignation,
}

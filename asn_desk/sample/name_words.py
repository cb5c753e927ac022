"""Parts of invented personal names from the naming traditions met in an Indonesian city office.

Parts are common given names and family names, combined at random; a combination is nobody in particular.
"""

from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    """Split at commas when there are any (parts of several words), else at blanks."""
    return tuple(part.strip() for part in (text.split(",") if "," in text else text.split()))


@dataclass(frozen=True, slots=True)
class Tradition:
    """How people of one tradition are called, where they are born and what they believe.

    `single`, `double`, `family_share` and `before_share` are chances (0-1) of a one-word name, of one more given name, of
    the family name and of the word before the name.
    """

    weight: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    men_more: tuple[str, ...]
    women_more: tuple[str, ...]
    family: tuple[str, ...] = ()
    men_before: tuple[str, ...] = ()
    women_before: tuple[str, ...] = ()
    single: float = 0.0
    double: float = 0.3
    family_share: float = 0.0
    before_share: float = 0.1
    places: tuple[str, ...] = ()
    faiths: tuple[str, ...] = ("Islam",)


JAVA = Tradition(
    weight=27,
    men=_words(
        "Agus Bambang Slamet Sugeng Supriyadi Eko Dwi Tri Hadi Teguh Wahyu Budi Heru Suyanto Sutrisno Mujiono Suparman Priyo "
        "Arif Yulianto Sigit Purwanto Endro Sarwono Paijan Ngadiman Untung Cahyo Galih Danang Tulus Sapto Bagus"
    ),
    women=_words(
        "Sri Endang Siti Wahyuni Sulastri Suparmi Tutik Yuni Retno Dyah Ningsih Lestari Wiwik Rahayu Tri Dwi Ratih Sundari "
        "Kartini Puji Winarsih Sumiyati Eni Indah Anik Suwarti Rina Titik Yanti Galuh Kinasih Sekar Nurul Mujiati Partini"
    ),
    men_more=_words(
        "Santoso Prasetyo Nugroho Hartono Susanto Purnomo Wibowo Setiawan Raharjo Handoyo Kuncoro Utomo Wijayanto "
        "Kurniawan Saputro Riyadi Cahyono Hidayat Suseno Haryanto Pambudi Yuwono Widagdo Mardiyanto Winarno Triyono"
    ),
    women_more=_words(
        "Lestari Rahayu Wulandari Handayani Setyowati Kusumawati Astuti Puspitasari Anggraini Widyastuti Purwaningsih Utami "
        "Susilowati Hidayati Pratiwi Ningrum Wahyuningsih Rahmawati Indriani Mardiana Cahyani Winarti Kurniasih Sayekti"
    ),
    men_before=_words("R. Raden"),
    women_before=_words("R. Ngt., Raden Roro, R.A."),
    single=0.2,
    double=0.35,
    places=_words("Klaten, Blitar, Kediri, Sragen, Wonogiri, Banyuwangi, Tulungagung, Magelang, Jepara, Kulon Progo"),
    faiths=("Islam",) * 18 + ("Kristen", "Katholik"),
)
SUNDA = Tradition(
    weight=9,
    men=_words(
        "Asep Dadang Ujang Maman Iwan Cecep Endang Yayan Tatang Deden Jajang Ade Wawan Encep Oman Nandang Rukman"
    ),
    women=_words("Euis Neneng Lilis Cucu Ai Iis Nani Yayah Elis Tati Imas Eneng Nining Teti Iceu Wiwin Rukmini Entin"),
    men_more=_words("Gunawan Hermawan Sutisna Kusnadi Rohman Sudrajat Permana Mulyadi Nugraha Ruhiyat"),
    women_more=_words(
        "Rohaeni Nurhayati Kurniasih Rosmiati Sumarni Komalasari Suryani Hasanah Nuraeni Rukmana Maryati Juariah"
    ),
    single=0.07,
    places=_words("Garut, Sumedang, Ciamis, Kuningan, Cianjur, Tasikmalaya, Majalengka"),
)
BATAK = Tradition(
    weight=7,
    men=_words(
        "Tigor Parlindungan Binsar Jonner Saut Maruli Poltak Ramot Togar Sahat Horas Monang Robinson Jannes Edison"
    ),
    women=_words(
        "Tiurma Rosmaida Duma Lamria Hotmauli Rotua Mariana Tiominar Ida Ruth Sondang Nurmala Delima Roslinda Friska"
    ),
    men_more=_words("Parulian Hasudungan Marojahan Mangatas Pardomuan Halomoan Sabar Jonathan Gabriel Martua"),
    women_more=_words("Uli Roulina Romauli Elisabet Natalia Marlina Theresia Juniar Kristina Veronika"),
    family=_words(
        "Simanjuntak Sitompul Hutagalung Siregar Harahap Lubis Ginting Sembiring Tarigan Purba Saragih Sinaga Manurung "
        "Simbolon Nainggolan Pakpahan Rajagukguk Situmeang Hutapea Sihombing Panggabean Marpaung Silaban Munthe Daulay"
    ),
    double=0.4,
    family_share=0.97,
    places=_words("Balige, Tarutung, Pematangsiantar, Kabanjahe, Sidikalang, Padangsidimpuan, Dolok Sanggul"),
    faiths=("Kristen",) * 12 + ("Katholik",) * 3 + ("Islam",) * 5,
)
MINANG = Tradition(
    weight=5,
    men=_words(
        "Syafrizal Zulfahmi Yusrizal Afrizal Hendri Nofrizal Yulfahri Rusdi Erizal Jasman Bustamam Delfi Masrul Rinaldi"
    ),
    women=_words(
        "Yulfitri Zulmiati Gusneti Ermawati Desmawati Nurbaiti Yusneli Rosnita Marlinda Fitriyeni Elvira Murniati Dasmiwati"
    ),
    men_more=_words("Putra Effendi Saputra Ramli Anwar Ilyas Jamil Yunus Darwis"),
    women_more=_words("Yanti Sari Syam Anwar Fitria Oktavia Gustina Rahmi Elfi"),
    family=_words("Chaniago Piliang Koto Tanjung Sikumbang Guci Jambak Pane"),
    single=0.25,
    family_share=0.3,
    places=_words("Payakumbuh, Bukittinggi, Pariaman, Solok, Batusangkar, Painan"),
)
BALI = Tradition(
    weight=4,
    men=_words(
        "Suarjana Sudiarta Astawa Wirawan Mahendra Suardika Adnyana Budiasa Sukerta Widiana Artana Mertayasa Sumerta Yudiana"
    ),
    women=_words(
        "Suryani Widiastuti Astini Ariani Puspawati Sukerti Darmayanti Sumiati Trisnayanti Juliantari Wahyuni Mirayanti"
    ),
    men_more=_words("Putra Jaya Dharma Yasa Wijaya Kusuma Eka Surya"),
    women_more=_words("Dewi Sari Laksmi Kusuma Maha Ayu Eka Candra"),
    men_before=_words(
        "I Wayan, I Putu, I Made, I Nyoman, I Ketut, I Kadek, I Komang, I Gede, I Gusti Ngurah, I Gusti Made, "
        "Ida Bagus, Ida Bagus Putu, Anak Agung Gede, Dewa Made, I Gusti Ngurah Agung Bagus"
    ),
    women_before=_words(
        "Ni Wayan, Ni Putu, Ni Made, Ni Nyoman, Ni Ketut, Ni Luh, Ni Kadek, Ni Luh Putu, Ida Ayu, Anak Agung Istri, "
        "I Gusti Ayu, Desak Made, Ida Ayu Putu, Cokorda Istri"
    ),
    double=0.35,
    before_share=1.0,
    places=_words("Tabanan, Gianyar, Singaraja, Negara, Bangli, Amlapura, Klungkung"),
    faiths=("Hindu",) * 14 + ("Islam",),
)
BUGIS = Tradition(
    weight=12,
    men=_words(
        "Baharuddin Syamsuddin Kamaruddin Ambo Lukman Muhtar Jamaluddin Saharuddin Rustam Mappiare Tajuddin Arifuddin Nasrullah "
        "Paewai Makkulau Ansar"
    ),
    women=_words(
        "Hasnah Rosdiana Nurhaedah Hamsinah Suriani Besse Darmawati Hasmawati Nurjannah Tenri Rahmatia Sitti Hartati Indo"
    ),
    men_more=_words("Mappatoba Parenrengi Rahman Tahir Page Massarappi Hamid Malla Patawari Sappewali Nompo Amiruddin"),
    women_more=_words("Ampa Tahir Rahman Nurdin Amir Marennu Hamid Abbas Sakka Tenriola Makkasau"),
    men_before=_words("Andi, A., Muh., Muhammad, H. Andi, Petta"),
    women_before=_words("Andi, A., Sitti, St., Andi Tenri, Hj. Andi"),
    single=0.24,
    double=0.45,
    before_share=0.4,
    places=_words("Watampone, Sengkang, Pinrang, Sinjai, Barru, Pangkajene, Watansoppeng, Palopo"),
)
BANJAR = Tradition(
    weight=11,
    men=_words(
        "Ahmad Muhammad Rahmadi Syahrani Hairul Abdul Mahyudin Rusdiansyah Fahrurrazi Murjani Saberan "
        "Ardiansyah Nor Aspul Hamdani Rif'an Ma'ruf Mas'ud Nu'man"
    ),
    women=_words(
        "Noor Norhayati Mahmudah Rusmini Masniah Siti Rabiatul Salasiah Jamilah Norlaila Sa'diyah Faridah Mu'minah Raudhatul Hikmah"
    ),
    men_more=_words(
        "Ridhani Anwari Fitriadi Syarif Hidayatullah Noor Ramadhan Rasyidi Syafi'i Rifa'i Zaini Husaini Maulana Effendi Ihsan Rahman"
    ),
    women_more=_words(
        "Hasanah Adawiyah Jannah Hidayah Aulia Fitriah Mahmudah Aina Wardah Salma Hayati Ru'yati Nafisah"
    ),
    family=_words("Noor Anwar Syahrani"),
    men_before=_words("M., Muh., Akhmad, Gusti, H. M., H."),
    women_before=_words("Siti, Hj., Gusti, Sy."),
    single=0.2,
    double=0.5,
    before_share=0.3,
    places=_words("Martapura, Barabai, Amuntai, Kandangan, Rantau, Tanjung, Banjarmasin"),
)
DAYAK = Tradition(
    weight=6,
    men=_words(
        "Yansen Lawing Bit Ngau Jalung Ding Markus Petrus Luhat Iban Udau Yohanes Kornelius Anyie Bilung Lenjau Merang"
    ),
    women=_words(
        "Lahai Bulan Yuliana Hangin Devung Martha Urai Kristina Lenan Mening Ping Pebruani Juita Tipung Usun Agustina"
    ),
    men_more=_words("Lian Ngerok Laing Alang Usat Paren Jau Himang Bayau Lencau"),
    women_more=_words("Bulan Hubung Livia Noh Anye Tekwan Silun Apui Asung"),
    family=_words("Lenjau Ngau Kuleh Ledjo Ajang Juk Wan Ibau Liah Bang Lawai"),
    single=0.1,
    double=0.35,
    family_share=0.5,
    places=_words("Long Iram, Malinau, Long Bagun, Tering, Muara Wahau, Melak, Barong Tongkok"),
    faiths=("Katholik",) * 5 + ("Kristen",) * 5 + ("Islam", "Lainnya"),
)
KUTAI = Tradition(
    weight=7,
    men=_words(
        "Aji Awang Encik Syahrudin Rusmadi Bahriansyah Hamdan Asmuransyah Fachrul Jurni Sopian Erwinsyah Zainuddin"
    ),
    women=_words(
        "Dayang Hernawati Encik Mastura Rusmina Aji Yurnalis Mariyam Halimah Erlina Jumiati Norhasanah Maslan"
    ),
    men_more=_words("Muhammad Syahran Effendy Iskandar Masdar Hatta Alimin Basri Jainal Mukhlis"),
    women_more=_words("Hartini Masdiana Fatimah Arbainah Ernawati Rahmah Sulaiha Juwita"),
    men_before=_words("Aji, H., Awang"),
    women_before=_words("Aji, Dayang, Hj."),
    single=0.12,
    before_share=0.3,
    places=_words("Tenggarong, Kota Bangun, Muara Muntai, Samarinda, Tanah Grogot, Sangatta"),
)
PAPUA = Tradition(
    weight=2,
    men=_words("Yulianus Melkias Obet Yance Elias Frans Nikson Demianus Yonas Otniel Septinus Barnabas"),
    women=_words("Yosefina Naomi Dorkas Martina Orpa Selfina Yakoba Mina Adolfina Batseba"),
    men_more=_words("Yan Herman Lambert Musa Silas"),
    women_more=_words("Beatriks Yuliana Ester Debora Lea"),
    family=_words("Wenda Tabuni Rumbiak Wanggai Yoku Mandacan Kogoya Felle Rumaropen Imbiri Korwa Awom Marani"),
    family_share=1.0,
    places=_words("Serui, Wamena, Biak, Manokwari, Fakfak, Sentani"),
    faiths=("Kristen", "Kristen", "Kristen", "Katholik"),
)
MANADO = Tradition(
    weight=3,
    men=_words("Ferry Jantje Denny Royke Steven Hanny Jemmy Noldy Max Fransiscus Meidy Rolly"),
    women=_words("Meity Deisy Jeane Vonny Syultje Grace Fransisca Olga Meike Stella Lidya Nova"),
    men_more=_words("Albert Hendrik Alexander Wilhelm Ronald Markus"),
    women_more=_words("Maria Christine Magdalena Olivia Patricia Deborah"),
    family=_words(
        "Mandagi Lumintang Tumbelaka Pangemanan Rorimpandey Kaunang Mamahit Walangitan Sumolang Wowor Tambunan Kawatu"
    ),
    family_share=1.0,
    places=_words("Tomohon, Tondano, Bitung, Amurang, Airmadidi"),
    faiths=("Kristen",) * 6 + ("Katholik",),
)
AMBON = Tradition(
    weight=2,
    men=_words("Semuel Yopie Hengky Abdullah Ismail Marthen Izaak Rony Abubakar Ais"),
    women=_words("Fransina Yuliana Saadiah Welhelmina Nurlela Carolina Halima Merry Aisa Novita"),
    men_more=_words("Leonard Paulus Hasan Karim Jacob"),
    women_more=_words("Josephina Elisa Ode Karolin Wa"),
    family=_words("Pattiasina Tuhumury Sahetapy Latuconsina Lestaluhu Tuasikal Manuputty Pelupessy Wattimena"),
    family_share=1.0,
    places=_words("Ambon, Masohi, Saparua, Tual, Namlea"),
    faiths=("Kristen", "Kristen", "Islam"),
)
FLORES = Tradition(
    weight=2,
    men=_words("Yosef Antonius Fransiskus Petrus Kanisius Silvester Wilhelmus Hironimus Aloysius Benediktus"),
    women=_words("Maria Yasinta Anastasia Bernadeta Kristina Emerensiana Fransiska Theresia Oliva"),
    men_more=_words("Xaverius Ola Laga Boli Nong Kopong"),
    women_more=_words("Goreti Barek Peni Ina Dua Bota"),
    family=_words(
        "Djawa, Bria, Seran, Bere, Nenabu, Lamak, Kedang, Tukan, Wuwur, Da Silva, Da Costa, Fernandez, Goran"
    ),
    double=0.5,
    family_share=0.85,
    places=_words("Larantuka, Maumere, Ende, Ruteng, Atambua, Bajawa"),
    faiths=("Katholik",) * 8 + ("Kristen",),
)
CHINESE = Tradition(
    weight=2,
    men=_words("Hendra Budianto Kevin Rudy Andreas Susanto Erwin Felix Hartanto Yohan Tjandra Willy"),
    women=_words("Lily, Meiliana, Shinta, Fenny, Liana, Natalia, Yulia, Mei Lan, Vivi, Cindy, Mei Ling, Yenny"),
    men_more=_words("Kusuma Adiputra Lesmana Setiadi Gunadi"),
    women_more=_words("Kusuma Angelina Christanti Liman Setiadi"),
    family=_words("Tanujaya Halim Gunadi Liem Oei Tanoto Lauw Sutanto Chandra Tjia Ongko Limanto"),
    family_share=0.8,
    double=0.2,
    places=_words("Pontianak, Singkawang, Bangka, Semarang, Samarinda"),
    faiths=("Budha", "Budha", "Kristen", "Katholik", "Konghucu"),
)
ARAB = Tradition(
    weight=1,
    men=_words("Husein Ali Hasan Salim Umar Abdurrahman Idrus Zein Muchsin Agil"),
    women=_words("Fatimah Zahra, Syarifah Aminah, Muznah, Alwiyah, Khadijah, Nur Aisyah, Syifa, Raguan"),
    men_more=_words("Abdullah Muhammad Alwi Ahmad Syekh Hamid"),
    women_more=_words("Abdullah Ahmad Alwi Hasan Umar"),
    family=_words(
        "Bafadhal, Baraja, Bawazier, Al-Habsyi, Assegaf, Alaydrus, Bin Thahir, Al Jufri, Basalamah, Al Haddad, Baabud"
    ),
    men_before=_words("Syarif, Sayid"),
    women_before=_words("Syarifah, Sy."),
    family_share=0.95,
    before_share=0.45,
    places=_words("Gresik, Pekalongan, Palembang, Banjarmasin, Bondowoso"),
)
NATIONAL = Tradition(
    weight=10,
    men=_words("Dimas Rizky Fajar Reza Aditya Ilham Yoga Bayu Rian Fikri Hafiz Daffa Aldi Faisal Irfan"),
    women=_words(
        "Putri Nadia Annisa Dewi Ayu Fitri Rizka Novita Nabila Aulia Intan Citra Mega Dinda Salsabila Tiara Melati Vina Laras"
    ),
    men_more=_words(
        "Pratama Ramadhan Saputra Maulana Kurniawan Firmansyah Hidayat Wicaksana Alamsyah Nugraha Fadillah Syahputra Perdana"
    ),
    women_more=_words(
        "Permatasari Ramadhani Puspita Safitri Maharani Anggraini Oktaviani Amelia Azzahra Febrianti Khairunnisa"
    ),
    single=0.03,
    double=0.75,
    places=_words("Balikpapan, Samarinda, Surabaya, Makassar, Malang, Bontang, Tarakan, Yogyakarta, Jakarta, Bandung"),
    faiths=("Islam",) * 16 + ("Kristen", "Kristen", "Katholik", "Budha"),
)

TRADITIONS = (
    JAVA, SUNDA, BATAK, MINANG, BALI, BUGIS, BANJAR, DAYAK, KUTAI, PAPUA, MANADO, AMBON, FLORES, CHINESE, ARAB, NATIONAL,
)  # fmt: skip

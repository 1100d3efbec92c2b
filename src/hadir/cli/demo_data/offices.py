"""Kota Contoh and Kementerian Contoh: their units and their places of work. Neither exists."""

from __future__ import annotations

from dataclasses import dataclass, field

from hadir.kernel.zones import Zone


@dataclass(frozen=True, slots=True)
class Place:
    """A site: degrees times 10^7, metres."""

    name: str
    latitude: int
    longitude: int
    zone: Zone = Zone.WIB
    radius: int = 100


@dataclass(frozen=True, slots=True)
class Office:
    """A unit below the root: its share of the people, its divisions, its place, and whether it works in shifts."""

    code: str
    name: str
    short: str
    weight: int
    divisions: tuple[str, ...] = ()
    place: Place | None = None
    in_shifts: bool = False


@dataclass(frozen=True, slots=True)
class Institution:
    """A government of the demo."""

    slug: str
    name: str
    kind: str
    zone: Zone
    root: str
    head_post: str
    address: str
    place: Place
    offices: tuple[Office, ...] = field(repr=False)

    def zone_of(self, office: str) -> Zone:
        """Return the zone of an office by its code; offices without a place of their own are at the root's."""
        place = next((each.place for each in self.offices if each.code == office), None)
        return (place or self.place).zone


_MIDDLE = (9_160_000, 1_044_600_000)  # in the sea off an island, so that no real office is meant
_STEP = 21_000  # about 230 m between two offices
_AGENCY = ("Sekretariat", "Bidang Perencanaan", "Bidang Pelayanan")

_DEPARTMENTS = (
    "Pendidikan",
    "Sosial",
    "Kependudukan dan Pencatatan Sipil",
    "Komunikasi dan Informatika",
    "Perhubungan",
    "Pekerjaan Umum dan Penataan Ruang",
    "Penanaman Modal dan Pelayanan Terpadu",
    "Koperasi dan Usaha Mikro",
    "Perdagangan dan Perindustrian",
    "Tenaga Kerja",
    "Pariwisata dan Kebudayaan",
    "Kepemudaan dan Olahraga",
    "Perpustakaan dan Kearsipan",
    "Pertanian dan Pangan",
    "Perikanan",
    "Pemberdayaan Perempuan",
    "Pengendalian Penduduk",
)
_BODIES = (
    ("Badan Kepegawaian dan Pengembangan SDM", "BKPSDM"),
    ("Badan Perencanaan Pembangunan", "Bappeda"),
    ("Badan Pengelolaan Keuangan dan Aset", "BPKAD"),
    ("Badan Pendapatan", "Bapenda"),
    ("Badan Kesatuan Bangsa dan Politik", "Kesbangpol"),
)
_DISTRICTS = ("Utara", "Selatan", "Timur", "Barat")
_VILLAGES = [
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Dahlia",
    "Flamboyan",
    "Teratai",
    "Seroja",
    "Mawar",
    "Kamboja",
    "Bougenvil",
    "Tanjung",
]
_IN_SHIFTS = (
    ("Rumah Sakit Umum Daerah", "RSUD", 22),
    ("Badan Penanggulangan Bencana", "BPBD", 3),
    ("Dinas Lingkungan Hidup", "DLH", 5),
    ("Tempat Pemrosesan Akhir", "TPA", 2),
    ("Dinas Perumahan dan Permukiman", "Perkim", 3),
    ("Dinas Pemadam Kebakaran dan Penyelamatan", "Damkar", 6),
    ("Satuan Polisi Pamong Praja", "Satpol PP", 8),
    ("Dinas Kesehatan", "Dinkes", 4),
    *((f"Puskesmas {name}", f"PKM {name}", 3) for name in _VILLAGES[:7]),
    ("Instalasi Farmasi", "IF", 1),
    ("Laboratorium Kesehatan", "Labkes", 1),
    ("Sanggar Kegiatan Belajar", "SKB", 1),
)


def _live() -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [
        ("Sekretariat Daerah", "Setda", 12, ("Bagian Umum", "Bagian Hukum", "Bagian Organisasi")),
        ("Sekretariat DPRD", "Setwan", 4, ()),
        ("Inspektorat Daerah", "Itda", 4, ()),
        *((f"Dinas {name}", f"Dinas {name.split(maxsplit=1)[0]}", 8, _AGENCY) for name in _DEPARTMENTS),
        *((name, short, 7, _AGENCY) for name, short in _BODIES),
        *((f"Kecamatan {name}", f"Kec. {name}", 4, ()) for name in _DISTRICTS),
        *((f"Kelurahan {name}", f"Kel. {name}", 2, ()) for name in _VILLAGES),
        ("UPTD Metrologi", "Metrologi", 1, ()),
        ("UPTD Pasar", "Pasar", 2, ()),
        ("UPTD Balai Benih", "Benih", 1, ()),
    ]


def _placed(number: int, name: str) -> Place:
    row, column = divmod(number, 8)
    return Place(f"Kantor {name}", _MIDDLE[0] + row * _STEP, _MIDDLE[1] + column * _STEP)


def city() -> Institution:
    """Return Kota Contoh: 44 units that are live and 18 with shifts that are being prepared."""
    live = [
        Office(f"{number + 1:02}", name, short, weight, divisions, _placed(number, name))
        for number, (name, short, weight, divisions) in enumerate(_live())
    ]
    shifts = [
        Office(f"{number + 51:02}", name, short, weight, place=_placed(number + 44, name), in_shifts=True)
        for number, (name, short, weight) in enumerate(_IN_SHIFTS)
    ]
    return Institution(
        "kota-contoh",
        "Pemerintah Kota Contoh",
        "city",
        Zone.WIB,
        "Pemerintah Kota Contoh",
        "Sekretaris Daerah",
        "Jalan Contoh Raya 1, Kota Contoh",
        Place("Balai Kota Contoh", _MIDDLE[0] - _STEP, _MIDDLE[1]),
        (*live, *shifts),
    )


def ministry() -> Institution:
    """Return Kementerian Contoh: one headquarters and branch offices in all three zones."""
    places = {
        "Medan": Place("Balai Medan", 39_000_000, 990_000_000),
        "Makassar": Place("Balai Makassar", -52_000_000, 1_190_000_000, Zone.WITA),
        "Kupang": Place("Balai Kupang", -103_000_000, 1_234_000_000, Zone.WITA, 150),
        "Jayapura": Place("Balai Jayapura", -24_000_000, 1_407_000_000, Zone.WIT),
        "Ambon": Place("Balai Ambon", -38_000_000, 1_280_000_000, Zone.WIT),
    }
    bureaus = [
        Office(f"1{number}", f"Biro {name}", f"Biro {name.split(maxsplit=1)[0]}", 8)
        for number, name in enumerate(("Umum", "Sumber Daya Manusia", "Perencanaan", "Hukum"))
    ]
    branches = [
        Office(f"2{number}", f"Balai Wilayah {town}", f"Balai {town}", 6, ("Seksi Teknis", "Seksi Tata Usaha"), place)
        for number, (town, place) in enumerate(places.items())
    ]
    return Institution(
        "kementerian-contoh",
        "Kementerian Contoh Republik",
        "ministry",
        Zone.WIB,
        "Sekretariat Jenderal",
        "Sekretaris Jenderal",
        "Jalan Merdeka Contoh 7, Jakarta",
        Place("Kantor Pusat", -61_000_000, 1_065_000_000),
        (*bureaus, *branches),
    )

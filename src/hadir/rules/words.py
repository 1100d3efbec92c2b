"""Times, lengths and the words of the engine's sentences, in Indonesian and English."""

from typing import Literal

from hadir.rules.codes import Effect, Status

Lang = Literal["id", "en"]
DAY = 86400

STATUS_WORDS: dict[Status, dict[Lang, str]] = {
    Status.OUT_OF_SCOPE: {"id": "Di luar cakupan", "en": "Out of scope"},
    Status.DAY_OFF: {"id": "Libur", "en": "Day off"},
    Status.UNSCHEDULED: {"id": "Belum terjadwal", "en": "Not yet scheduled"},
    Status.COVERED: {"id": "Tercakup", "en": "Covered"},
    Status.PRESENT: {"id": "Hadir", "en": "Present"},
    Status.WAITING: {"id": "Menunggu (sementara tanpa keterangan)", "en": "Waiting (no word so far)"},
    Status.ABSENT: {"id": "Tanpa keterangan", "en": "Absent without word"},
}
EFFECT_WORDS: dict[Effect, dict[Lang, str]] = {
    Effect.DAY: {"id": "menutup hari kerja", "en": "covers the day,"},
    Effect.FIRST_HALF: {"id": "menutup paruh pertama", "en": "covers the first half,"},
    Effect.SECOND_HALF: {"id": "menutup paruh kedua", "en": "covers the second half,"},
    Effect.HOURS: {"id": "menutup", "en": "covers"},
    Effect.MOVES_PLACE: {"id": "rekaman di tempat lain dihitung", "en": "records elsewhere count"},
    Effect.EXCUSES_LATE: {"id": "keterlambatan dimaafkan", "en": "lateness is excused"},
    Effect.EXCUSES_EARLY: {"id": "pulang lebih awal dimaafkan", "en": "leaving early is excused"},
    Effect.SUPPLIES_IN: {"id": "rekaman datang dilengkapi", "en": "the arrival is supplied"},
    Effect.SUPPLIES_OUT: {"id": "rekaman pulang dilengkapi", "en": "the departure is supplied"},
    Effect.SUSPENDS: {"id": "tidak wajib bekerja", "en": "duty is suspended"},
}
UNITS: dict[Lang, tuple[str, str, str]] = {"id": ("jam", "menit", "detik"), "en": ("h", "min", "s")}


def clock(instant: int, offset: int) -> str:
    """Local time of an instant (seconds since 1970): 07.30, with seconds where there are any."""
    local = (instant + offset) % DAY
    hour, minute, second = local // 3600, local // 60 % 60, local % 60
    return f"{hour:02}.{minute:02}.{second:02}" if second else f"{hour:02}.{minute:02}"


def duration(length: int, lang: Lang) -> str:
    """A length in hours, minutes and seconds, without the parts that are zero."""
    parts = (length // 3600, length // 60 % 60, length % 60)
    words = [f"{part} {unit}" for part, unit in zip(parts, UNITS[lang], strict=True) if part]
    return " ".join(words) or f"0 {UNITS[lang][1]}"

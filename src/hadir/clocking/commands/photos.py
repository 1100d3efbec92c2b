"""The rows of photos that the gate kept while their taps were parked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from hadir.clocking.models import Photo
from hadir.clocking.queries import missing_photos
from hadir.kernel.clock import now
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from hadir.kernel.photos import PhotoStore


def photo_store() -> PhotoStore:
    """The store of the photos of taps."""
    store: PhotoStore = settings.HADIR_PHOTO_STORE
    return store


def note_kept_photos() -> int:
    """Note the photos of taps that had been parked, as far as the store has them; return how many.

    The gate keeps such a photo without a row, for its month had no place for one. It may come after its tap was moved.
    """
    store, government, received = photo_store(), government_id(), now()
    found = [(at, tap, store.get(government, tap)) for at, tap in missing_photos()]
    rows = [
        Photo(government_id=government, at=at, event_id=tap, received=received, size=len(image))
        for at, tap, image in found
        if image is not None
    ]
    Photo.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from hadir.cli.trouble import TroubleError
from hadir.kernel.clock import now


def expiry_of(certificate: Path) -> datetime:
    """The instant until which the certificate of a file, the first one in it, is valid."""
    return _read(certificate).not_valid_after_utc


def require_pair(certificate: Path, key: Path) -> None:
    """Check that certificate and key belong together, are valid now and readable by the server.

    Raises:
        TroubleError: They are not; the sentence says how to mend it.
    """
    found = _read(certificate)
    if found.not_valid_after_utc < now():
        raise TroubleError(f"The certificate {certificate} expired on {found.not_valid_after_utc:%Y-%m-%d}; renew it.")
    try:
        written = key.read_bytes()
    except OSError as error:
        raise TroubleError(f"The key {key} cannot be read: {error.strerror}.") from error
    if b"BEGIN PRIVATE KEY" not in written:
        raise TroubleError(
            f"The key {key} is not PKCS#8: convert it with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'."
        )
    public = load_pem_private_key(written, password=None).public_key()
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if public.public_bytes(*spki) != found.public_key().public_bytes(*spki):
        raise TroubleError(f"The key {key} does not belong to the certificate {certificate}.")


def _read(certificate: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except OSError as error:
        raise TroubleError(f"The certificate {certificate} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise TroubleError(f"The file {certificate} holds no certificate in PEM form.") from error

"""The proof of docs/proof.md: which bytes are signed, and how a signature is made and checked."""

import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

METADATA_NAME = "authservice-proof-bin"
LABEL = b"authservice/proof/1"
SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")


@dataclass(frozen=True)
class Call:
    """What client and server both know of one call."""

    audience: str
    rpc: str  # with its leading slash, as in HTTP/2's :path
    message: bytes  # the serialised request, exactly as sent
    token: str = ""  # the bearer token, without its scheme
    certificate: bytes = b""  # SHA-256 of the server's certificate; empty on loopback


@dataclass(frozen=True)
class Freshness:
    """A challenge, or else a time (seconds, nanoseconds) and a jti."""

    challenge: bytes = b""
    issued_at: tuple[int, int] | None = None
    jti: bytes = b""


def signed_bytes(call: Call, device_id: str, fresh: Freshness) -> bytes:
    """The label, then nine fields, each behind its length as u32, big-endian."""
    fields = (
        call.audience.encode(),
        call.certificate,
        call.rpc.encode(),
        device_id.encode(),
        fresh.challenge,
        b"" if fresh.issued_at is None else struct.pack(">qI", *fresh.issued_at),
        fresh.jti,
        hashlib.sha256(call.message).digest(),
        hashlib.sha256(call.token.encode()).digest() if call.token else b"",
    )
    return LABEL + b"".join(struct.pack(">I", len(field)) + field for field in fields)


def sign(key: ec.EllipticCurvePrivateKey, payload: bytes) -> bytes:
    """Raw r || s, 64 bytes: what `cryptography` gives is DER."""
    r, s = utils.decode_dss_signature(key.sign(payload, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def is_signed_by(key: ec.EllipticCurvePublicKey, payload: bytes, signature: bytes) -> bool:
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), payload, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def parse_public_key(spki: bytes) -> ec.EllipticCurvePublicKey | None:
    """The one DER encoding of an uncompressed point on P-256, or nothing."""
    if len(spki) != 91 or not spki.startswith(SPKI_PREFIX):
        return None
    try:
        return load_der_public_key(spki)
    except ValueError:
        return None


def public_key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

#!/usr/bin/env python3
"""Checks docs/proof-vectors.json with Python's own cryptography. Exits non-zero at any mismatch."""

import base64
import hashlib
import json
import pathlib
import sys

from proof import Call, Freshness, is_signed_by, parse_public_key, signed_bytes

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "docs" / "proof-vectors.json"


def is_well_formed(proof: dict, fresh: Freshness) -> bool:
    certificate, signature = (bytes.fromhex(proof[name]) for name in ("server_certificate_sha256", "signature"))
    by_challenge = 1 <= len(fresh.challenge) <= 256 and fresh.issued_at is None and not fresh.jti
    by_time = not fresh.challenge and fresh.issued_at is not None and 16 <= len(fresh.jti) <= 32 and fresh.issued_at[1] < 10**9
    return len(signature) == 64 and len(certificate) in (0, 32) and len(proof["device_id"]) <= 64 and (by_challenge or by_time)


def outcome_of(vector: dict) -> str:
    """Steps and order as in docs/proof.md."""
    proof, call = vector["proof"], vector["call"]
    time = proof["issued_at"] and (proof["issued_at"]["seconds"], proof["issued_at"]["nanos"])
    fresh = Freshness(bytes.fromhex(proof["challenge"]), time, bytes.fromhex(proof["jti"]))
    if not is_well_formed(proof, fresh):
        return "malformed"

    seen = Call(call["audience"], call["rpc"], bytes.fromhex(call["message"]), call["token"],
                bytes.fromhex(proof["server_certificate_sha256"]))
    payload = signed_bytes(seen, proof["device_id"], fresh)
    if payload.hex() != vector["signed_bytes"]:
        return "other bytes to sign"
    if proof["server_certificate_sha256"] != call["server_certificate_sha256"]:
        return "refused"

    key = parse_public_key(bytes.fromhex(vector["public_key"]))
    return "accepted" if is_signed_by(key, payload, bytes.fromhex(proof["signature"])) else "refused"


def thumbprint_of(spki: bytes) -> str | None:
    if parse_public_key(spki) is None:
        return None
    b64 = lambda octets: base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
    jwk = f'{{"crv":"P-256","kty":"EC","x":"{b64(spki[27:59])}","y":"{b64(spki[59:])}"}}'
    return b64(hashlib.sha256(jwk.encode()).digest())


def main() -> int:
    document = json.loads(VECTORS.read_text(encoding="utf-8"))
    checks = [(v["name"], v["outcome"], outcome_of(v)) for v in document["proofs"]]
    checks += [(k["name"], k["thumbprint"], thumbprint_of(bytes.fromhex(k["spki"]))) for k in document["keys"]]
    wrong = [check for check in checks if check[1] != check[2]]
    for name, expected, found in wrong:
        print(f"{name}: expected {expected}, found {found}")
    print(f"{len(checks) - len(wrong)} of {len(checks)} vectors hold")
    return 1 if wrong or not checks else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes docs/proof-vectors.json; with --check, only says whether the committed file is what this would write.

The keys are fixed and the signatures deterministic (RFC 6979), so every run gives the same bytes.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import struct
import sys
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec, utils

from proof import LABEL, SPKI_PREFIX, Call, Freshness, public_key_bytes, signed_bytes

TARGET = pathlib.Path(__file__).resolve().parents[3] / "docs" / "proof-vectors.json"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1

# RFC 6979 A.2.5: a private key that everybody knows.
DEVICE = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
STRANGER = int.from_bytes(hashlib.sha256(b"authservice/proof-vectors/stranger").digest(), "big") % ORDER

DEVICE_ID = "dev_de_01jz0000000000000000000000"
TOKEN = "header.payload.signature"
CERTIFICATE = hashlib.sha256(b"the server's certificate, DER").digest()
CHALLENGE = Freshness(challenge=bytes(range(1, 49)))
TIMED = Freshness(issued_at=(1_767_225_600, 123_456_789), jti=bytes(range(0xA0, 0xB0)))

LOGIN = Call(
    audience="authservice/de",
    rpc="/authservice.v1.LoginService/Login",
    message=b"\x0a\x08vector-1\x12\x0fada@example.org\x1a\x1ccorrect horse battery staple",
)
GET_ACCOUNT = Call("authservice/de", "/authservice.v1.AccountService/GetAccount", b"", TOKEN, CERTIFICATE)
REFRESH = Call("authservice/de", "/authservice.v1.SessionService/RefreshSession", b"\x0a\x02r1", "", CERTIFICATE)
BIND = Call("authservice/de", "/authservice.v1.DeviceService/BindDevice", b"\x0a\x08vector-2", TOKEN, CERTIFICATE)


def key_of(secret: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(secret, ec.SECP256R1())


def sign(secret: int, payload: bytes) -> tuple[int, int]:
    """ECDSA with the nonce of RFC 6979 section 3.2. Not constant-time: for keys that everybody knows."""
    digest = hashlib.sha256(payload).digest()
    number = int.from_bytes(digest, "big")
    seed = secret.to_bytes(32, "big") + (number % ORDER).to_bytes(32, "big")
    mac = lambda key, text: hmac.new(key, text, hashlib.sha256).digest()
    key, value = bytes(32), b"\x01" * 32
    for step in (b"\x00", b"\x01"):
        key = mac(key, value + step + seed)
        value = mac(key, value)
    value = mac(key, value)
    nonce = int.from_bytes(value, "big")  # the first candidate is below the order in all but 2^-32 of cases
    assert 0 < nonce < ORDER
    r = key_of(nonce).public_key().public_numbers().x % ORDER
    s = pow(nonce, -1, ORDER) * (number + r * secret) % ORDER
    return r, s


def raw(pair: tuple[int, int]) -> bytes:
    return b"".join(number.to_bytes(32, "big") for number in pair)


def vector(name, call, fresh, outcome="accepted", *, device_id=DEVICE_ID, secret=DEVICE, verify_with=None,
           signed_call=None, signed_fresh=None, payload=None, encode=raw, certificate=None):
    """One case. `signed_*` and `payload` say what was signed, where that is not what the server sees."""
    proof_certificate = call.certificate if certificate is None else certificate
    seen = replace(call, certificate=proof_certificate)
    right = signed_bytes(seen, device_id, fresh)
    made = payload or signed_bytes(signed_call or seen, device_id, signed_fresh or fresh)
    return {
        "name": name,
        "outcome": outcome,
        "public_key": public_key_bytes(key_of(verify_with or secret)).hex(),
        "call": {
            "audience": call.audience,
            "server_certificate_sha256": call.certificate.hex(),
            "rpc": call.rpc,
            "message": call.message.hex(),
            "token": call.token,
        },
        "proof": {
            "device_id": device_id,
            "challenge": fresh.challenge.hex(),
            "issued_at": None if fresh.issued_at is None else dict(zip(("seconds", "nanos"), fresh.issued_at)),
            "jti": fresh.jti.hex(),
            "server_certificate_sha256": proof_certificate.hex(),
            "signature": encode(sign(secret, made)).hex(),
        },
        "signed_bytes": None if outcome == "malformed" else right.hex(),
    }


def accepted():
    yield vector("login with a challenge, on loopback", LOGIN, CHALLENGE)
    yield vector("call with time and jti, over TLS, with a token, empty message", GET_ACCOUNT, TIMED)
    yield vector("refresh: no bearer token", REFRESH, TIMED)
    yield vector("BindDevice, the new key: no device_id", BIND, CHALLENGE, device_id="", secret=STRANGER)
    yield vector("BindDevice, the countersignature of the old key: the same challenge", BIND, CHALLENGE)
    yield vector("whole second, longest jti", REFRESH, Freshness(issued_at=(1_767_225_600, 0), jti=bytes(range(32))))
    yield vector("audience beyond ASCII", replace(LOGIN, audience="prüfstand/de"), CHALLENGE)
    yield vector("high s: (r, n - s) is taken too", LOGIN, CHALLENGE, encode=lambda p: raw((p[0], max(p[1], ORDER - p[1]))))
    yield vector("low s", LOGIN, CHALLENGE, encode=lambda p: raw((p[0], min(p[1], ORDER - p[1]))))


def refused():
    case = lambda *a, **k: vector(*a, outcome="refused", **k)
    yield case("another audience", LOGIN, CHALLENGE, signed_call=replace(LOGIN, audience="authservice/fr"))
    yield case("another RPC", GET_ACCOUNT, TIMED, signed_call=replace(GET_ACCOUNT, rpc="/authservice.v1.AccountService/UpdateAccount"))
    yield case("RPC without its leading slash", LOGIN, CHALLENGE, signed_call=replace(LOGIN, rpc=LOGIN.rpc[1:]))
    yield case("another message", LOGIN, CHALLENGE, signed_call=replace(LOGIN, message=LOGIN.message[:-1] + b"f"))
    yield case("another token", GET_ACCOUNT, TIMED, signed_call=replace(GET_ACCOUNT, token=TOKEN + "x"))
    yield case("token left out of what is signed", GET_ACCOUNT, TIMED, signed_call=replace(GET_ACCOUNT, token=""))
    yield case("certificate of a machine in the middle", GET_ACCOUNT, TIMED, certificate=hashlib.sha256(b"mitm").digest())
    yield case("certificate swapped after signing", GET_ACCOUNT, TIMED,
               signed_call=replace(GET_ACCOUNT, certificate=hashlib.sha256(b"mitm").digest()))
    yield case("another key", LOGIN, CHALLENGE, secret=STRANGER, verify_with=DEVICE)
    yield case("another device_id", LOGIN, CHALLENGE, payload=signed_bytes(LOGIN, DEVICE_ID[:-1] + "1", CHALLENGE))
    yield case("another challenge", LOGIN, CHALLENGE, signed_fresh=Freshness(challenge=bytes(48)))
    yield case("fields swapped: challenge signed as jti", LOGIN, CHALLENGE, signed_fresh=Freshness(jti=CHALLENGE.challenge))
    yield case("fields swapped: device_id and rpc", LOGIN, CHALLENGE,
               payload=signed_bytes(replace(LOGIN, rpc=DEVICE_ID), LOGIN.rpc, CHALLENGE))
    yield case("absent fields left out, not empty", LOGIN, CHALLENGE,
               payload=signed_bytes(LOGIN, DEVICE_ID, CHALLENGE).replace(bytes(8), b"", 1))
    yield case("issued_at in milliseconds", GET_ACCOUNT, TIMED,
               payload=signed_bytes(GET_ACCOUNT, DEVICE_ID, TIMED).replace(
                   struct.pack(">IqI", 12, *TIMED.issued_at), struct.pack(">Iq", 8, 1_767_225_600_123)))
    yield case("issued_at later by a nanosecond", GET_ACCOUNT, TIMED, signed_fresh=replace(TIMED, issued_at=(1_767_225_600, 123_456_790)))
    yield case("lengths little-endian", LOGIN, CHALLENGE,
               payload=signed_bytes(LOGIN, DEVICE_ID, CHALLENGE).replace(struct.pack(">I", 14), struct.pack("<I", 14), 1))
    yield case("label of another version", LOGIN, CHALLENGE,
               payload=LABEL[:-1] + b"2" + signed_bytes(LOGIN, DEVICE_ID, CHALLENGE)[len(LABEL):])
    yield case("no label", LOGIN, CHALLENGE, payload=signed_bytes(LOGIN, DEVICE_ID, CHALLENGE)[len(LABEL):])
    yield case("hashed before it was signed", LOGIN, CHALLENGE,
               payload=hashlib.sha256(signed_bytes(LOGIN, DEVICE_ID, CHALLENGE)).digest())
    yield case("r and s swapped", LOGIN, CHALLENGE, encode=lambda p: raw(p[::-1]))
    yield case("r and s zero", LOGIN, CHALLENGE, encode=lambda p: bytes(64))
    yield case("s not below the order", LOGIN, CHALLENGE, encode=lambda p: raw((p[0], ORDER)))
    yield case("r not below the order", LOGIN, CHALLENGE, encode=lambda p: raw((ORDER, p[1])))


def malformed():
    case = lambda *a, **k: vector(*a, outcome="malformed", **k)
    yield case("signature in DER", LOGIN, CHALLENGE, encode=lambda p: utils.encode_dss_signature(*p))
    yield case("signature truncated by a byte", LOGIN, CHALLENGE, encode=lambda p: raw(p)[:-1])
    yield case("signature longer by a byte", LOGIN, CHALLENGE, encode=lambda p: raw(p) + b"\0")
    yield case("no signature", LOGIN, CHALLENGE, encode=lambda p: b"")
    yield case("neither challenge nor time and jti", LOGIN, Freshness())
    yield case("both challenge and time and jti", LOGIN, replace(TIMED, challenge=CHALLENGE.challenge))
    yield case("time without jti", LOGIN, replace(TIMED, jti=b""))
    yield case("jti without time", LOGIN, replace(TIMED, issued_at=None))
    yield case("jti of 15 bytes", LOGIN, replace(TIMED, jti=TIMED.jti[1:]))
    yield case("jti of 33 bytes", LOGIN, replace(TIMED, jti=bytes(33)))
    yield case("a billion nanoseconds", LOGIN, replace(TIMED, issued_at=(1_767_225_600, 1_000_000_000)))
    yield case("challenge of 257 bytes", LOGIN, Freshness(challenge=bytes(257)))
    yield case("certificate hash of 31 bytes", GET_ACCOUNT, TIMED, certificate=CERTIFICATE[1:])
    yield case("device_id of 65 characters", LOGIN, CHALLENGE, device_id="d" * 65)


def off_curve(x: int, y: int) -> bytes:
    return SPKI_PREFIX + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def keys():
    right = public_key_bytes(key_of(DEVICE))
    numbers = key_of(DEVICE).public_key().public_numbers()
    b64 = lambda n: base64.urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode()
    jwk = f'{{"crv":"P-256","kty":"EC","x":"{b64(numbers.x)}","y":"{b64(numbers.y)}"}}'
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(jwk.encode()).digest()).rstrip(b"=").decode()
    other_curve = ec.derive_private_key(DEVICE, ec.SECP384R1())
    compressed = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + bytes([2 + numbers.y % 2]) + right[27:59]
    # x = 5 lies on the curve; x = 5 + p is the same point in a second writing.
    small = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x02" + (5).to_bytes(32, "big")).public_numbers()
    yield {"name": "the device's key", "spki": right.hex(), "thumbprint": thumbprint}
    for name, spki in (
        ("empty", b""),
        ("a byte too many", right + b"\0"),
        ("a byte too few", right[:-1]),
        ("compressed point", compressed),
        ("P-384", public_key_bytes(other_curve)),
        ("secp256k1", right.replace(bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082b8104000a000000"))),
        ("point off the curve", off_curve(numbers.x, numbers.y ^ 1)),
        ("point at infinity, as zeros", off_curve(0, 0)),
        ("x not below the field's order", off_curve(small.x + FIELD, small.y)),
    ):
        yield {"name": name, "spki": spki.hex(), "thumbprint": None}


def main() -> int:
    document = {
        "about": "docs/proof.md says what this is; examples/clients/python/make_vectors.py writes it. Bytes are in hex. "
                 "outcome: accepted; refused (INVALID_PROOF); malformed (INVALID_FIELD). call is what the server sees, and "
                 "server_certificate_sha256 there its own; signed_bytes is what the server builds and verifies against. "
                 "A key without a thumbprint is refused.",
        "private_key": f"{DEVICE:064x}",
        "proofs": [*accepted(), *refused(), *malformed()],
        "keys": [*keys()],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == text
        print(f"{TARGET.name}: {'as committed' if same else 'differs from what make_vectors.py writes'}")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(document['proofs'])} proofs, {len(document['keys'])} keys")
    return 0


if __name__ == "__main__":
    sys.exit(main())

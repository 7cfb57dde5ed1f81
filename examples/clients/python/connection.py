"""AuthService from Python: calls whose bytes are known before they are sent, so that a proof can cover them."""

import importlib
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time

import grpc

import proof

PROTOS = pathlib.Path(__file__).resolve().parents[3] / "protos"
_generated = tempfile.TemporaryDirectory(prefix="authservice-stubs-")


def _generate() -> None:
    """Message classes from the repository's protos, into a folder that goes when the program ends."""
    roots = (PROTOS, PROTOS / "third_party")
    files = [path.relative_to(root) for root, kind in zip(roots, ("authservice", "google")) for path in (root / kind).rglob("*.proto")]
    # Debian's protoc: the compiler in its python3-grpc-tools is too old for optional fields.
    subprocess.run(["protoc", *(f"-I{root}" for root in roots), f"--python_out={_generated.name}", *map(str, files)], check=True)
    sys.path.insert(0, _generated.name)
    # `google` is there already, as the package that holds protobuf itself.
    import google
    google.__path__.append(f"{_generated.name}/google")


_generate()
account, device, login, session, proofs, environment, consent, factor = (
    importlib.import_module(f"authservice.v1.{name}_pb2")
    for name in ("account_service", "device_service", "login_service", "session_service", "proof", "environment", "consent", "factor")
)
_status, _details = importlib.import_module("google.rpc.status_pb2"), importlib.import_module("google.rpc.error_details_pb2")


class Refusal(Exception):
    """`reason` is one of the error reasons of the service, or empty if the service did not speak."""

    def __init__(self, rpc: str, error: grpc.RpcError):
        self.reason = _reason_in(dict(error.trailing_metadata() or ()).get("grpc-status-details-bin"))
        super().__init__(f"{rpc}: {error.code().name} {self.reason} {error.details()}")


class Prover:
    """A device key and the device it is bound as; no device_id for the new key of BindDevice."""

    def __init__(self, key, device_id: str = ""):
        self.key, self.device_id = key, device_id


class AuthService:
    def __init__(self, address: str, audience: str):
        """In plaintext, as Development serves it on loopback: so there is no certificate for a proof to name."""
        self._channel = grpc.insecure_channel(address)
        self._audience = audience

    def close(self) -> None:
        self._channel.close()

    def call(self, rpc: str, request, *, token: str = "", source: str = "", provers=(), challenge: bytes = b""):
        """Serialises the request once, and has the provers sign just these bytes. `rpc` is "LoginService/Login"."""
        message = request.SerializeToString()
        made = [self.prove(rpc, message, prover, token=token, challenge=challenge) for prover in provers]
        return self.send(rpc, message, token=token, source=source, made=made)

    def send(self, rpc: str, message: bytes, *, token: str = "", source: str = "", made=()):
        """Sends these bytes as they are, with proofs made before. Development believes `source` from loopback."""
        path = f"/authservice.v1.{rpc}"
        metadata = [(proof.METADATA_NAME, one) for one in made]
        if token:
            metadata.append(("authorization", f"Bearer {token}"))
        if source:
            metadata.append(("x-forwarded-for", source))
        invoke = self._channel.unary_unary(path, request_serializer=lambda octets: octets, response_deserializer=_response_of(rpc).FromString)
        try:
            return invoke(message, metadata=metadata, timeout=30)
        except grpc.RpcError as error:
            raise Refusal(rpc, error) from None

    def prove(self, rpc: str, message: bytes, prover: Prover, *, token: str = "", challenge: bytes = b"") -> bytes:
        """Answers the challenge; without one the proof carries the time and a random id."""
        seconds, nanos = divmod(time.time_ns(), 10**9)
        fresh = proof.Freshness(challenge=challenge) if challenge else proof.Freshness(issued_at=(seconds, nanos), jti=secrets.token_bytes(16))
        call = proof.Call(self._audience, f"/authservice.v1.{rpc}", message, token)
        made = proofs.DeviceProof(device_id=prover.device_id, challenge=fresh.challenge, jti=fresh.jti)
        if not challenge:
            made.issued_at.seconds, made.issued_at.nanos = seconds, nanos
        made.signature = proof.sign(prover.key, proof.signed_bytes(call, prover.device_id, fresh))
        return made.SerializeToString()


def _response_of(rpc: str):
    service, method = rpc.split("/")
    for module in (account, device, login, session):
        if service in module.DESCRIPTOR.services_by_name:
            name = module.DESCRIPTOR.services_by_name[service].methods_by_name[method].output_type.name
            return getattr(module, name)
    raise LookupError(rpc)


def _reason_in(details: bytes | None) -> str:
    """AIP-193: google.rpc.Status, and in it a google.rpc.ErrorInfo."""
    info = _details.ErrorInfo()
    for detail in _status.Status.FromString(details or b"").details:
        if detail.Unpack(info):
            return info.reason
    return ""

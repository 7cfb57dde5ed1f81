#!/usr/bin/env python3
"""Plays the life of an account against a Development server, one line a step. Exits non-zero at the first thing that differs.

    /usr/bin/python3 client.py [--address 127.0.0.1:5080] [--data DIR] [--audience authservice/de]
"""

import argparse
import base64
import hashlib
import os
import pathlib
import secrets
import sys

from cryptography.hazmat.primitives.asymmetric import ec

from connection import AuthService, Prover, Refusal, account, consent, device, environment, factor, login, session
from outbox import Outbox
from proof import public_key_bytes

ABROAD = "203.0.113.7"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default=os.environ.get("AUTHSERVICE_ADDRESS", "127.0.0.1:5080"))
    parser.add_argument("--data", type=pathlib.Path,
                        default=os.environ.get("AUTHSERVICE_DATA", pathlib.Path(__file__).resolve().parents[3] / "data"))
    parser.add_argument("--audience", default=os.environ.get("AUTHSERVICE_AUDIENCE", "authservice/de"))
    return parser.parse_args()


def expect(found, expected, what: str) -> None:
    if found != expected:
        raise AssertionError(f"{what}: expected {expected!r}, found {found!r}")


def expect_refusal(reason: str, action) -> None:
    try:
        action()
    except Refusal as refusal:
        expect(refusal.reason, reason, "reason")
        return
    raise AssertionError(f"expected {reason}, found no refusal")


def request_id() -> str:
    return secrets.token_hex(16)


def home(hardware_id: str) -> environment.EnvironmentSignals:
    return environment.EnvironmentSignals(
        device=environment.DeviceSignals(hardware_id=hardware_id, manufacturer="Apple", model="iPhone18,1", os_name="iOS",
                                         os_version="26.1", category="phone"),
        wifi=environment.WifiSignals(ssid="llama-lodge", bssid="3c:37:12:aa:bb:01"),
        location=environment.LocationSignals(country_code="DE", city_code="DEBER", latitude=52.52, longitude=13.405,
                                             accuracy_m=20, language="de-DE"))


AWAY = environment.EnvironmentSignals(
    device=environment.DeviceSignals(hardware_id="some-other-phone", manufacturer="Samsung", model="S26", os_name="Android",
                                     os_version="16.0.0", category="phone"),
    wifi=environment.WifiSignals(ssid="airport-free", bssid="3c:37:12:cc:dd:02"),
    location=environment.LocationSignals(country_code="FR", city_code="FRPAR", latitude=48.857, longitude=2.352,
                                         accuracy_m=30, language="de-DE"))


class Story:
    """Each method is a step, and needs those before it."""

    def __init__(self, service: AuthService, data: pathlib.Path):
        self.service = service
        self.email = f"python-{secrets.token_hex(6)}@example.org"
        self.password = f"{secrets.token_urlsafe(12)} seven llamas"
        self.home = home(f"python-{self.email}")
        self.outbox = Outbox(data / "outbox" / "messages.jsonl", self.email)
        self.service_token = (data / "bootstrap" / "service.token").read_text(encoding="ascii").strip()
        self.key = ec.generate_private_key(ec.SECP256R1())

    def log_in(self, surroundings, *, provers=(), challenge=b"", source="", **fields) -> login.LoginResponse:
        request = login.LoginRequest(request_id=request_id(), identifier=self.email, environment=surroundings, **fields)
        return self.service.call("LoginService/Login", request, source=source, provers=provers, challenge=challenge)

    def validate(self, access_token: str) -> session.ValidateSessionResponse:
        request = session.ValidateSessionRequest(access_token=access_token)
        return self.service.call("SessionService/ValidateSession", request, token=self.service_token)

    def challenge(self, purpose: str) -> bytes:
        request = login.CreateChallengeRequest(purpose=f"CHALLENGE_PURPOSE_{purpose}")
        return self.service.call("LoginService/CreateChallenge", request, source=ABROAD).challenge

    def create_an_account(self) -> None:
        request = account.CreateAccountRequest(
            request_id=request_id(), email=self.email, password=self.password, region="de", policy_version="1", locale="de-DE",
            consents=[consent.CONSENT_PURPOSE_DEVICE_IDENTIFICATION, consent.CONSENT_PURPOSE_WIFI_ENVIRONMENT, consent.CONSENT_PURPOSE_LOCATION],
            environment=self.home)
        request.birth_date.year, request.birth_date.month, request.birth_date.day = 1990, 4, 2
        self.verification_id = self.service.call("AccountService/CreateAccount", request).verification_id

    def verify_the_address_and_remember_this_device(self) -> None:
        request = account.VerifyContactRequest(request_id=request_id(), verification_id=self.verification_id,
                                               code=self.outbox.next_code(), remember_device=True)
        answer = self.service.call("AccountService/VerifyContact", request)
        expect(answer.account.email, self.email, "address")
        expect(answer.session.device_token != "", True, "device token")
        self.first = answer.session

    def log_in_at_home_without_a_step_up(self) -> None:
        answer = self.log_in(self.home, password=self.password, device_token=self.first.device_token)
        expect(answer.WhichOneof("outcome"), "session", "outcome")
        expect(answer.session.account_id, self.first.account_id, "account")
        self.at_home = answer.session

    def find_the_access_token_good(self) -> None:
        answer = self.validate(self.at_home.access_token)
        expect((answer.active, answer.account_id, answer.session_id), (True, self.first.account_id, self.at_home.session_id), "validation")

    def be_refused_with_a_wrong_password(self) -> None:
        expect_refusal("INVALID_CREDENTIALS", lambda: self.log_in(self.home, password=self.password + "!"))

    def log_in_from_new_surroundings_to_a_step_up(self) -> None:
        answer = self.log_in(AWAY, password=self.password, source=ABROAD)
        expect(answer.WhichOneof("outcome"), "step_up", "outcome")
        expect(factor.FACTOR_KIND_EMAIL_CODE in answer.step_up.allowed_factors, True, "e-mail code allowed")
        self.step_up_id = answer.step_up.step_up_id

    def pass_it_with_the_code_sent_after_a_wrong_one(self) -> None:
        self.service.call("LoginService/SendStepUpCode",
                          login.SendStepUpCodeRequest(request_id=request_id(), step_up_id=self.step_up_id), source=ABROAD)
        code = self.outbox.next_code()
        complete = lambda digits: self.service.call(
            "LoginService/CompleteStepUp",
            login.CompleteStepUpRequest(request_id=request_id(), step_up_id=self.step_up_id, code=digits), source=ABROAD)
        expect_refusal("INVALID_CODE", lambda: complete("000001" if code == "000000" else "000000"))
        self.travelling = complete(code).session

    def bind_a_device_key(self) -> None:
        spki = public_key_bytes(self.key)
        answer = self.service.call(
            "DeviceService/BindDevice",
            device.BindDeviceRequest(request_id=request_id(), public_key=spki, name="Python phone", category="phone"),
            token=self.travelling.access_token, source=ABROAD, provers=[Prover(self.key)], challenge=self.challenge("BIND_DEVICE"))
        expect(answer.device.key_thumbprint, thumbprint(spki), "thumbprint")
        expect(answer.session.device_id, answer.device.device_id, "device of the session")
        self.bound, self.provers = answer.session, [Prover(self.key, answer.session.device_id)]

    def be_refused_without_the_proof(self) -> None:
        expect_refusal("PROOF_REQUIRED", lambda: self.service.call(
            "AccountService/GetAccount", account.GetAccountRequest(), token=self.bound.access_token, source=ABROAD))

    def be_answered_with_the_proof_but_not_twice_with_the_same(self) -> None:
        rpc, message = "AccountService/GetAccount", account.GetAccountRequest().SerializeToString()
        made = [self.service.prove(rpc, message, self.provers[0], token=self.bound.access_token, challenge=self.challenge("CALL"))]
        send = lambda: self.service.send(rpc, message, token=self.bound.access_token, source=ABROAD, made=made)
        expect(send().account.email, self.email, "address")
        expect_refusal("INVALID_PROOF", send)

    def refresh_with_a_proof_by_time_and_jti(self) -> None:
        refresh = lambda challenge=b"": self.service.call(
            "SessionService/RefreshSession", session.RefreshSessionRequest(refresh_token=self.bound.refresh_token),
            source=ABROAD, provers=self.provers, challenge=challenge).session
        try:
            self.refreshed = refresh()
        except Refusal as refusal:
            # A server that has just started takes challenges only: it does not know which jti's it saw before.
            expect(refusal.reason, "INVALID_PROOF", "reason")
            self.refreshed = refresh(self.challenge("CALL"))
        expect(self.refreshed.session_id, self.bound.session_id, "session")
        expect(self.refreshed.refresh_token != self.bound.refresh_token, True, "another refresh token")

    def log_in_abroad_by_the_device_key_alone_without_a_step_up(self) -> None:
        answer = self.log_in(AWAY, device=login.DeviceCredential(device_id=self.bound.device_id),
                             source=ABROAD, provers=self.provers, challenge=self.challenge("LOGIN"))
        expect(answer.WhichOneof("outcome"), "session", "outcome")
        expect(answer.session.device_id, self.bound.device_id, "device of the session")
        self.by_key = answer.session

    def revoke_that_session_and_find_its_token_good_no_more(self) -> None:
        self.service.call("SessionService/RevokeSession",
                          session.RevokeSessionRequest(request_id=request_id(), session_id=self.by_key.session_id),
                          token=self.refreshed.access_token, source=ABROAD, provers=self.provers, challenge=self.challenge("CALL"))
        answer = self.validate(self.by_key.access_token)
        expect((answer.active, answer.reason), (False, session.INACTIVE_REASON_REVOKED), "validation")
        expect(self.validate(self.refreshed.access_token).active, True, "the other session")


def thumbprint(spki: bytes) -> str:
    """RFC 7638."""
    b64 = lambda octets: base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
    return b64(hashlib.sha256(f'{{"crv":"P-256","kty":"EC","x":"{b64(spki[27:59])}","y":"{b64(spki[59:])}"}}'.encode()).digest())


def main() -> int:
    given = options()
    service = AuthService(given.address, given.audience)
    try:
        story = Story(service, pathlib.Path(given.data))
        for name, step in vars(Story).items():
            if name not in ("__init__", "log_in", "validate", "challenge") and callable(step):
                step(story)
                print(f"ok  {name.replace('_', ' ')}", flush=True)
        print("the story is told")
        return 0
    except (AssertionError, Refusal, TimeoutError, OSError) as problem:
        print(f"FAILED  {problem}", file=sys.stderr)
        return 1
    finally:
        service.close()


if __name__ == "__main__":
    sys.exit(main())

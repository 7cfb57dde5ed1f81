"""What Development would have sent by mail: one JSON object a line, {to, template, code}."""

import json
import pathlib
import time

PATIENCE = 10.0  # seconds


class Outbox:
    def __init__(self, path: pathlib.Path, contact: str):
        self._path, self._contact, self._seen = path, contact, 0

    def next_code(self) -> str:
        """The newest code sent to the contact since the last one that this gave."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            lines = self._path.read_text(encoding="utf-8").split("\n")[:-1] if self._path.exists() else []
            codes = [m["code"] for m in map(json.loads, lines) if m["to"] == self._contact and m.get("code")]
            if len(codes) > self._seen:
                self._seen = len(codes)
                return codes[-1]
            time.sleep(0.05)
        raise TimeoutError(f"no code for {self._contact} in {self._path} within {PATIENCE} s")

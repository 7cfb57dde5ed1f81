// Checks docs/proof-vectors.json with Node's own crypto. Exits non-zero at any mismatch.
import { readFileSync } from 'node:fs';
import { isSignedBy, parsePublicKey, sha256, signedBytes } from './proof.mjs';

const hex = (text) => Buffer.from(text, 'hex');
const path = new URL('../../../docs/proof-vectors.json', import.meta.url);
const { proofs, keys } = JSON.parse(readFileSync(path, 'utf8'));

function isWellFormed({ proof, fresh }) {
  const byChallenge = fresh.challenge.length >= 1 && fresh.challenge.length <= 256 && !fresh.issuedAt && fresh.jti.length === 0;
  const byTime = fresh.challenge.length === 0 && fresh.issuedAt && fresh.issuedAt.nanos < 1e9
    && fresh.jti.length >= 16 && fresh.jti.length <= 32;
  return hex(proof.signature).length === 64 && [0, 32].includes(hex(proof.server_certificate_sha256).length)
    && proof.device_id.length <= 64 && (byChallenge || byTime);
}

// Steps and order as in docs/proof.md.
function outcomeOf({ call, proof, public_key: spki, signed_bytes: expected }) {
  const fresh = { challenge: hex(proof.challenge), issuedAt: proof.issued_at, jti: hex(proof.jti) };
  if (!isWellFormed({ proof, fresh })) return 'malformed';

  const seen = { ...call, message: hex(call.message), certificate: hex(proof.server_certificate_sha256) };
  const payload = signedBytes(seen, proof.device_id, fresh);
  if (payload.toString('hex') !== expected) return 'other bytes to sign';
  if (proof.server_certificate_sha256 !== call.server_certificate_sha256) return 'refused';

  return isSignedBy(parsePublicKey(hex(spki)), payload, hex(proof.signature)) ? 'accepted' : 'refused';
}

function thumbprintOf(spki) {
  const key = parsePublicKey(spki);
  if (!key) return null;
  const { x, y } = key.export({ format: 'jwk' });
  return sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).toString('base64url');
}

const checks = [
  ...proofs.map((vector) => [vector.name, vector.outcome, outcomeOf(vector)]),
  ...keys.map(({ name, spki, thumbprint }) => [name, thumbprint, thumbprintOf(hex(spki))]),
];
const wrong = checks.filter(([, expected, found]) => expected !== found);
for (const [name, expected, found] of wrong) console.error(`${name}: expected ${expected}, found ${found}`);
console.log(`${checks.length - wrong.length} of ${checks.length} vectors hold`);
process.exitCode = wrong.length > 0 || checks.length === 0 ? 1 : 0;

// The proof of docs/proof.md: which bytes are signed, and how a signature is made and checked.
import { createHash, createPublicKey, sign as ecdsaSign, verify as ecdsaVerify } from 'node:crypto';

export const metadataName = 'authservice-proof-bin';

const label = Buffer.from('authservice/proof/1');
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const none = Buffer.alloc(0);

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/**
 * The label, then nine fields, each behind its length as u32, big-endian.
 *
 * @param call {audience, rpc, message, token, certificate}: rpc with its leading slash, message exactly as sent, token the
 *   bearer token without its scheme, certificate the SHA-256 of the server's certificate or nothing on loopback.
 * @param fresh {challenge}, or {issuedAt: {seconds, nanos}, jti}.
 */
export function signedBytes(call, deviceId, fresh) {
  const fields = [
    Buffer.from(call.audience),
    call.certificate ?? none,
    Buffer.from(call.rpc),
    Buffer.from(deviceId),
    fresh.challenge ?? none,
    fresh.issuedAt ? timeBytes(fresh.issuedAt) : none,
    fresh.jti ?? none,
    sha256(call.message),
    call.token ? sha256(call.token) : none,
  ];
  return Buffer.concat([label, ...fields.flatMap((field) => [length(field), field])]);
}

/** Raw r || s, 64 bytes. */
export const sign = (privateKey, payload) => ecdsaSign('sha256', payload, { key: privateKey, dsaEncoding: 'ieee-p1363' });

export const isSignedBy = (publicKey, payload, signature) =>
  signature.length === 64 && ecdsaVerify('sha256', payload, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);

/** The one DER encoding of an uncompressed point on P-256, or null. */
export function parsePublicKey(spki) {
  if (spki.length !== 91 || !spki.subarray(0, spkiPrefix.length).equals(spkiPrefix)) return null;
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

export const publicKeyBytes = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' });

function length(field) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(field.length);
  return bytes;
}

function timeBytes({ seconds, nanos }) {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64BE(BigInt(seconds));
  bytes.writeUInt32BE(nanos, 8);
  return bytes;
}

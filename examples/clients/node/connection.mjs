// AuthService from Node: calls whose bytes are known before they are sent, so that a proof can cover them.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { metadataName, sha256, sign, signedBytes } from './proof.mjs';

const protos = fileURLToPath(new URL('../../../protos', import.meta.url));
const files = ['account', 'device', 'login', 'session'].map((name) => `authservice/v1/${name}_service.proto`);
const types = protoLoader.loadSync(
  [...files, 'authservice/v1/proof.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
  { includeDirs: [protos, `${protos}/third_party`], keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true },
);
const asIs = (bytes) => bytes;

/** A refusal: `reason` is one of the error reasons of the service, or empty if the service did not speak. */
export class Refusal extends Error {
  constructor(rpc, { code, details, metadata }) {
    const reason = reasonIn(metadata.get('grpc-status-details-bin')[0]);
    super(`${rpc}: ${grpc.status[code]} ${reason} ${details}`);
    this.reason = reason;
  }
}

export class AuthService {
  #channel;
  #audience;

  /** In plaintext, as Development serves it on loopback: so there is no certificate for a proof to name. */
  constructor(address, audience) {
    this.#channel = new grpc.Client(address, grpc.credentials.createInsecure());
    this.#audience = audience;
  }

  close() {
    this.#channel.close();
  }

  /**
   * @param rpc "LoginService/Login".
   * @param as.token the bearer token.
   * @param as.from the address to come from; Development believes it from loopback.
   * @param as.proofs made before, sent as they are.
   */
  send(rpc, bytes, { token, from, proofs = [] } = {}) {
    const { path, responseDeserialize } = this.#method(rpc);
    const metadata = new grpc.Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    if (from) metadata.set('x-forwarded-for', from);
    for (const proof of proofs) metadata.add(metadataName, proof);

    return new Promise((resolve, reject) => {
      this.#channel.makeUnaryRequest(path, asIs, responseDeserialize, bytes, metadata, (error, response) =>
        error ? reject(new Refusal(rpc, error)) : resolve(response));
    });
  }

  /** Serialises the request once, and has `as.provers` sign just these bytes. */
  async call(rpc, request, as = {}) {
    const bytes = this.serialize(rpc, request);
    const proofs = (as.provers ?? []).map((prover) => this.prove(rpc, bytes, prover, as));
    return this.send(rpc, bytes, { ...as, proofs });
  }

  serialize(rpc, request) {
    return this.#method(rpc).requestSerialize(request);
  }

  /**
   * @param prover {key, deviceId}: deviceId empty for the new key of BindDevice.
   * @param as.challenge answers this; without it the proof carries the time and a random id.
   * @returns the proof's bytes, for the metadata.
   */
  prove(rpc, bytes, { key, deviceId }, { token, challenge } = {}) {
    const fresh = challenge ? { challenge } : { issuedAt: now(), jti: randomBytes(16) };
    const call = { audience: this.#audience, rpc: this.#method(rpc).path, message: bytes, token };
    return types['authservice.v1.DeviceProof'].serialize({
      device_id: deviceId,
      challenge: fresh.challenge,
      issued_at: fresh.issuedAt,
      jti: fresh.jti,
      signature: sign(key, signedBytes(call, deviceId, fresh)),
    });
  }

  #method(rpc) {
    const [service, method] = rpc.split('/');
    return types[`authservice.v1.${service}`][method];
  }
}

/** RFC 7638. */
export function thumbprint(publicKey) {
  const { x, y } = publicKey.export({ format: 'jwk' });
  return sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).toString('base64url');
}

function now() {
  const milliseconds = Date.now();
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 };
}

// AIP-193: google.rpc.Status, and in it a google.rpc.ErrorInfo.
function reasonIn(details) {
  if (!details) return '';
  const status = types['google.rpc.Status'].deserialize(details);
  const info = status.details.find((detail) => detail.type_url === 'type.googleapis.com/google.rpc.ErrorInfo');
  return info ? types['google.rpc.ErrorInfo'].deserialize(info.value).reason : '';
}

// Plays the life of an account against a Development server, one line a step. Exits non-zero at the first thing that differs.
//   node client.mjs [--address 127.0.0.1:5080] [--data DIR] [--audience authservice/de]
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AuthService, Refusal, thumbprint } from './connection.mjs';
import { nextCode } from './outbox.mjs';
import { publicKeyBytes } from './proof.mjs';

const { values: options } = parseArgs({
  options: {
    address: { type: 'string', default: process.env.AUTHSERVICE_ADDRESS ?? '127.0.0.1:5080' },
    data: { type: 'string', default: process.env.AUTHSERVICE_DATA ?? fileURLToPath(new URL('../../../data', import.meta.url)) },
    audience: { type: 'string', default: process.env.AUTHSERVICE_AUDIENCE ?? 'authservice/de' },
  },
});
const outbox = join(options.data, 'outbox', 'messages.jsonl');
const asService = { token: readFileSync(join(options.data, 'bootstrap', 'service.token'), 'utf8').trim() };
const abroad = '203.0.113.7';

const service = new AuthService(options.address, options.audience);
const email = `node-${randomBytes(6).toString('hex')}@example.org`;
const password = `${randomBytes(12).toString('base64url')} seven llamas`;
const seen = { count: 0 };
const requestId = () => randomBytes(16).toString('hex');

const home = {
  device: { hardware_id: `node-${email}`, manufacturer: 'Google', model: 'Pixel 9', os_name: 'Android', os_version: '16.0.0', category: 'phone' },
  wifi: { ssid: 'llama-lodge', bssid: '3c:37:12:aa:bb:01', rssi_dbm: -48 },
  location: { country_code: 'DE', city_code: 'DEBER', latitude: 52.52, longitude: 13.405, accuracy_m: 20, language: 'de-DE' },
};
const away = {
  device: { hardware_id: 'some-other-phone', manufacturer: 'Samsung', model: 'S26', os_name: 'Android', os_version: '16.0.0', category: 'phone' },
  wifi: { ssid: 'airport-free', bssid: '3c:37:12:cc:dd:02' },
  location: { country_code: 'FR', city_code: 'FRPAR', latitude: 48.857, longitude: 2.352, accuracy_m: 30, language: 'de-DE' },
};

async function step(name, action) {
  const result = await action();
  console.log(`ok  ${name}`);
  return result;
}

async function refused(reason, action) {
  const refusal = await action().then(() => null, (error) => error);
  assert(refusal instanceof Refusal, `expected ${reason}, found ${refusal ?? 'no refusal'}`);
  assert.equal(refusal.reason, reason);
}

const logIn = (secret, environment, as = {}, extra = {}) =>
  service.call('LoginService/Login', { request_id: requestId(), identifier: email, ...secret, environment, ...extra }, as);
const validate = (access_token) => service.call('SessionService/ValidateSession', { access_token }, asService);
const challenge = async (purpose, from) =>
  (await service.call('LoginService/CreateChallenge', { purpose: `CHALLENGE_PURPOSE_${purpose}` }, { from })).challenge;

async function main() {
  const verification = await step('create an account', () => service.call('AccountService/CreateAccount', {
    request_id: requestId(), email, password, birth_date: { year: 1990, month: 4, day: 2 }, region: 'de', policy_version: '1',
    locale: 'de-DE', consents: ['DEVICE_IDENTIFICATION', 'WIFI_ENVIRONMENT', 'LOCATION'].map((purpose) => `CONSENT_PURPOSE_${purpose}`),
    environment: home,
  }));

  const first = await step('verify the address, remember this device', async () => {
    const code = await nextCode(outbox, email, seen);
    const { account, session } = await service.call('AccountService/VerifyContact', {
      request_id: requestId(), verification_id: verification.verification_id, code, remember_device: true });
    assert.equal(account.email, email);
    assert.ok(session.device_token, 'no device token');
    return session;
  });

  const atHome = await step('log in at home: no step-up', async () => {
    const { session } = await logIn({ password }, home, {}, { device_token: first.device_token });
    assert.ok(session, 'a step-up was asked for');
    assert.equal(session.account_id, first.account_id);
    return session;
  });

  await step('the access token is good', async () => {
    const { active, account_id, session_id } = await validate(atHome.access_token);
    assert.deepEqual({ active, account_id, session_id }, { active: true, account_id: first.account_id, session_id: atHome.session_id });
  });

  await step('a wrong password is refused', () => refused('INVALID_CREDENTIALS', () => logIn({ password: `${password}!` }, home)));

  const stepUp = await step('log in from new surroundings: a step-up', async () => {
    const { session, step_up: asked } = await logIn({ password }, away, { from: abroad });
    assert.ok(!session && asked, 'no step-up was asked for');
    assert.ok(asked.allowed_factors.includes('FACTOR_KIND_EMAIL_CODE'), `allowed: ${asked.allowed_factors}`);
    return asked;
  });

  const travelling = await step('pass it with the code sent, after a wrong one', async () => {
    await service.call('LoginService/SendStepUpCode', { request_id: requestId(), step_up_id: stepUp.step_up_id }, { from: abroad });
    const code = await nextCode(outbox, email, seen);
    const complete = (digits) => service.call('LoginService/CompleteStepUp', {
      request_id: requestId(), step_up_id: stepUp.step_up_id, code: digits }, { from: abroad });
    await refused('INVALID_CODE', () => complete(code === '000000' ? '000001' : '000000'));
    return (await complete(code)).session;
  });

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const bound = await step('bind a device key', async () => {
    const { device, session } = await service.call(
      'DeviceService/BindDevice',
      { request_id: requestId(), public_key: publicKeyBytes(privateKey), name: 'Node phone', category: 'phone' },
      { token: travelling.access_token, from: abroad, provers: [{ key: privateKey, deviceId: '' }], challenge: await challenge('BIND_DEVICE', abroad) });
    assert.equal(device.key_thumbprint, thumbprint(publicKey));
    assert.equal(session.device_id, device.device_id);
    return session;
  });
  const provers = [{ key: privateKey, deviceId: bound.device_id }];
  const proven = { token: bound.access_token, from: abroad, provers };

  await step('a call without the proof is refused', () =>
    refused('PROOF_REQUIRED', () => service.call('AccountService/GetAccount', {}, { token: bound.access_token, from: abroad })));

  await step('a call with the proof is answered, the same proof again is not', async () => {
    const bytes = service.serialize('AccountService/GetAccount', {});
    const as = { token: bound.access_token, from: abroad };
    const proofs = [service.prove('AccountService/GetAccount', bytes, provers[0], { ...as, challenge: await challenge('CALL', abroad) })];
    const { account } = await service.send('AccountService/GetAccount', bytes, { ...as, proofs });
    assert.equal(account.email, email);
    await refused('INVALID_PROOF', () => service.send('AccountService/GetAccount', bytes, { ...as, proofs }));
  });

  const refreshed = await step('refresh, with a proof by time and jti', async () => {
    const refresh = (as) => service.call('SessionService/RefreshSession', { refresh_token: bound.refresh_token }, { from: abroad, provers, ...as });
    // A server that has just started takes challenges only: it does not know which jti's it saw before.
    const { session } = await refresh({}).catch(async (error) => {
      if (error.reason !== 'INVALID_PROOF') throw error;
      return refresh({ challenge: await challenge('CALL', abroad) });
    });
    assert.equal(session.session_id, bound.session_id);
    assert.notEqual(session.refresh_token, bound.refresh_token);
    return session;
  });

  const byKey = await step('log in abroad by the device key alone: no step-up', async () => {
    const { session } = await logIn({ device: { device_id: bound.device_id } }, away,
      { from: abroad, provers, challenge: await challenge('LOGIN', abroad) });
    assert.ok(session, 'a step-up was asked for');
    assert.equal(session.device_id, bound.device_id);
    return session;
  });

  await step('revoke that session: its token is good no more', async () => {
    await service.call('SessionService/RevokeSession', { request_id: requestId(), session_id: byKey.session_id },
      { ...proven, token: refreshed.access_token, challenge: await challenge('CALL', abroad) });
    const { active, reason } = await validate(byKey.access_token);
    assert.deepEqual({ active, reason }, { active: false, reason: 'INACTIVE_REASON_REVOKED' });
    assert.equal((await validate(refreshed.access_token)).active, true);
  });
}

try {
  await main();
  console.log('the story is told');
} catch (error) {
  console.error(`FAILED  ${error.message}`);
  process.exitCode = 1;
} finally {
  service.close();
}

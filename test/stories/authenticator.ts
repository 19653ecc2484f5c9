/**
 * A passkey in software: makes real WebAuthn answers with an ES256 key, and lies when a test asks for
 * it. https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** False: the device did not check who touches it. */
  readonly userVerified?: boolean;
  readonly counter?: number;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
}

export interface Authenticator {
  readonly id: string;
  /** `navigator.credentials.create`, as JSON. */
  create(options: object, origin: string, lies?: Lies): object;
  /** `navigator.credentials.get`, as JSON. */
  get(options: object, origin: string, lies?: Lies): object;
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();

const uint = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};

const flags = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** CBOR by hand: what is needed of RFC 8949 is three kinds of items. */
const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
const cborBytes = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x59]), uint(bytes.length, 2), bytes]);

const clientData = (type: string, challenge: string, origin: string, lies: Lies): Buffer =>
  Buffer.from(
    JSON.stringify({
      type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? origin,
      crossOrigin: false,
    }),
  );

/** Of format `none`: nobody vouches for the device. */
const attestation = (authData: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    cborBytes(authData),
  ]);

export const newAuthenticator = (): Authenticator => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  let counter = 0;
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  const authData = (rpId: string, lies: Lies, attested: boolean): Buffer => {
    counter = lies.counter ?? counter + 1;
    const bits =
      flags.present |
      (lies.userVerified === false ? 0 : flags.verified) |
      (attested ? flags.attested : 0);
    return Buffer.concat([
      sha256(lies.rpId ?? rpId),
      Buffer.from([bits]),
      uint(counter, 4),
      ...(attested ? [Buffer.alloc(16), uint(id.length, 2), id, cose] : []),
    ]);
  };
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return {
    id: id.toString('base64url'),
    create(options, origin, lies = {}) {
      const { challenge, rp } = options as Options;
      const data = clientData('webauthn.create', challenge, origin, lies);
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          attestationObject: attestation(authData(rp?.id ?? '', lies, true)).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get(options, origin, lies = {}) {
      const { challenge, rpId } = options as Options;
      const data = clientData('webauthn.get', challenge, origin, lies);
      const auth = authData(rpId ?? '', lies, false);
      return {
        id: id.toString('base64url'),
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: auth.toString('base64url'),
          signature: sign('sha256', Buffer.concat([auth, sha256(data)]), key).toString('base64url'),
        },
      };
    },
  };
};

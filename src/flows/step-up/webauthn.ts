/** Passkeys, checked by SimpleWebAuthn. https://www.w3.org/TR/webauthn-3/ */
import { createHash } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Assertion, Passkey } from '../../requests/step-up.ts';

/** Where the page is: a passkey belongs to its host and signs its origin. */
export interface Site {
  /** The page's address, `https://…`. */
  readonly url: string;
}

const originOf = ({ url }: Site): string => new URL(url).origin;
/** The relying party's id. Browsers take a domain, or `localhost`, but no IP address. */
const hostOf = ({ url }: Site): string => new URL(url).hostname;

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'base64url'));

/** What the browser needs to make a passkey, as JSON. */
export const enrolOptions = (
  site: Site,
  about: {
    readonly challenge: string;
    readonly person: string;
    readonly name: string;
    readonly known: readonly Passkey[];
  },
): Promise<object> =>
  generateRegistrationOptions({
    rpName: 'Cordon',
    rpID: hostOf(site),
    userID: new Uint8Array(createHash('sha256').update(about.person).digest()),
    userName: about.name,
    challenge: bytes(about.challenge),
    attestationType: 'none',
    excludeCredentials: about.known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });

/** What the browser needs to sign, as JSON. */
export const confirmOptions = (
  site: Site,
  about: { readonly challenge: string; readonly passkeys: readonly Passkey[] },
): Promise<object> =>
  generateAuthenticationOptions({
    rpID: hostOf(site),
    challenge: bytes(about.challenge),
    userVerification: 'required',
    allowCredentials: about.passkeys.map(({ id }) => ({ id })),
  });

/** The new passkey, or undefined for an answer that does not hold. */
export const enrolled = async (
  site: Site,
  answer: unknown,
  about: { readonly challenge: string; readonly person: string; readonly at: string },
): Promise<Passkey | undefined> => {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: about.challenge,
      expectedOrigin: originOf(site),
      expectedRPID: hostOf(site),
      requireUserVerification: true,
    });
    if (!verified) return undefined;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return {
      id,
      person: about.person,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports,
      addedAt: about.at,
    };
  } catch {
    return undefined;
  }
};

/** The authenticator's new counter when this passkey signed this challenge on our page; else undefined. */
export const signedBy = async (
  site: Site,
  passkey: Passkey,
  { assertion, challenge }: { readonly assertion: Assertion; readonly challenge: string },
): Promise<number | undefined> => {
  const { id, ...response } = assertion;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: originOf(site),
      expectedRPID: hostOf(site),
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: bytes(passkey.publicKey),
        counter: passkey.counter,
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The step-up of tier 3: an approval counts only with a signature by the approver's own passkey, or by
 * the issuer where they signed in anew, over exactly this request, this plan and this person. Here is what
 * is signed and what is kept; the checking is in src/flows/step-up/webauthn.ts and sign-in.ts. https://www.w3.org/TR/webauthn-3/
 */
import { createHash } from 'node:crypto';
import type { CordonConfig, Identity } from '../config/config.ts';
import type { Person } from './person.ts';
import type { Request } from './request.ts';

/** One passkey of one person: what is needed to check its signatures. Public, and not secret. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string;
  /** `Person.id`. */
  readonly person: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** How often the authenticator says that it was used; 0 for those that do not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** ISO 8601 UTC. */
  readonly addedAt: string;
}

/** A passkey's signature as the browser gives it: `AuthenticationResponseJSON`, its needed parts. */
export interface Assertion {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** What an approval of tier 3 carries: what a passkey signed, or what the OpenID Connect issuer did. */
export type Proof = {
  /** The ticket's random token: no two confirmations sign the same challenge. */
  readonly nonce: string;
} & ({ readonly assertion: Assertion } | { readonly idToken: string });

/** How long a link is good: long enough to fetch a phone. */
export const linkMinutes = 10;

/**
 * The right of one person to use the step-up page once. It is worth nothing without the passkey
 * (confirm), or was told to that person alone (enrol).
 */
export type Ticket = {
  /** Random; the part of the address after `#`, which no server's log sees. */
  readonly token: string;
  readonly person: Person;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  /** Where it was asked for, for the answer. */
  readonly channel?: string;
  readonly threadTs?: string;
} & (
  | {
      readonly kind: 'confirm';
      readonly request: string;
      readonly planHash: string;
      /** Of the card that was pressed. */
      readonly card: string;
    }
  | { readonly kind: 'enrol' }
);

const challenge = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** What the passkey signs, and the nonce of the ID token: base64url, 32 bytes. */
export const confirmChallenge = (about: {
  readonly request: string;
  readonly planHash: string;
  readonly person: string;
  readonly nonce: string;
}): string =>
  challenge(['cordon.confirm', about.request, about.planHash, about.person, about.nonce]);

export const enrolChallenge = ({ token, person }: Ticket): string =>
  challenge(['cordon.enrol', token, person.id]);

/** Who may confirm by signing in: people whom the identity map names, because Slack's word is not enough. */
export const identityOf = (
  { identities, stepUp }: Pick<CordonConfig, 'identities' | 'stepUp'>,
  person: string,
): Identity | undefined => (stepUp.oidc ? identities.find(({ id }) => id === person) : undefined);

/** From then on its signatures count: a passkey that a thief adds is noticed before it is worth anything. */
export const countsFrom = (passkey: Pick<Passkey, 'addedAt'>, newPasskeyHours: number): string =>
  new Date(Date.parse(passkey.addedAt) + newPasskeyHours * 3_600_000).toISOString();

/** The approvals whose proof the executor has to check; none below tier 3. */
export const approvalsToProve = (request: Request): Request['votes'] =>
  request.tier < 3
    ? []
    : request.votes.filter(
        ({ verdict, planHash }) => verdict === 'approve' && planHash === request.planHash,
      );

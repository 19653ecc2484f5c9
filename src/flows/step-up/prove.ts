/** How a person proves an approval of tier 3: a passkey of theirs that counts, or a fresh sign-in. */
import {
  type Assertion,
  countsFrom,
  identityOf,
  type Passkey,
  type Proof,
} from '../../requests/step-up.ts';
import { isoNow } from '../ports.ts';
import {
  type ConfirmTicket,
  challengeOf,
  notSigned,
  type Refused,
  refused,
  type StepUpPorts,
} from './page-answer.ts';
import { checkSignIn, redeem, stateOf } from './sign-in.ts';
import { signedBy } from './webauthn.ts';

/** Those of the person whose signatures count now. */
export const usable = async (
  ports: StepUpPorts,
  person: string,
): Promise<readonly Passkey[] | Refused> => {
  const revoked = await ports.requests.revokedPasskeys(person);
  const own = (await ports.passkeys.of(person)).filter(({ id }) => !revoked.includes(id));
  const now = isoNow(ports.chance);
  const old = own.filter((passkey) => countsFrom(passkey, ports.newPasskeyHours) <= now);
  const [first] = own;
  if (old.length > 0) return old;
  return first
    ? refused(
        'new-passkey',
        `Your passkey is new: it counts from ${countsFrom(first, ports.newPasskeyHours).slice(0, 16).replace('T', ' ')} UTC.`,
        'Another approver, or wait until then.',
      )
    : refused('no-passkey', 'You have no passkey here.', 'Run /cordon passkey in Slack.');
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The parts of the browser's `AuthenticationResponseJSON` that prove something. */
export const assertionOf = (answer: unknown): Assertion => {
  const { id, response } = (answer ?? {}) as { readonly [key: string]: unknown };
  const parts = (response ?? {}) as { readonly [key: string]: unknown };
  return {
    id: text(id),
    clientDataJSON: text(parts['clientDataJSON']),
    authenticatorData: text(parts['authenticatorData']),
    signature: text(parts['signature']),
  };
};

/** What the issuer sent the browser back with. */
export const codeOf = (
  answer: unknown,
): { readonly code: string; readonly state: string } | undefined => {
  const { code, state } = (answer ?? {}) as { readonly [key: string]: unknown };
  return typeof code === 'string' && typeof state === 'string' ? { code, state } : undefined;
};

export const byPasskey = async (
  ports: StepUpPorts,
  ticket: ConfirmTicket,
  assertion: Assertion,
): Promise<Proof | Refused> => {
  const passkeys = await usable(ports, ticket.person.id);
  if ('because' in passkeys) return passkeys;
  const passkey = passkeys.find(({ id }) => id === assertion.id);
  const counter =
    passkey && (await signedBy(ports.site, passkey, { assertion, challenge: challengeOf(ticket) }));
  if (!passkey || counter === undefined) return notSigned;
  return (await ports.passkeys.countUp(passkey, counter))
    ? { nonce: ticket.token, assertion }
    : refused(
        'copied-passkey',
        'This passkey counts fewer uses than before, as a copy of it would.',
        'Remove it with /cordon passkey, and tell your security team.',
      );
};

const signInRefused = {
  'not-signed': refused(
    'not-signed',
    'The sign-in does not hold for this page, this request and this plan.',
    'Press Approve in Slack again and use the new link.',
  ),
  'not-fresh': refused(
    'not-fresh',
    'The issuer says that you signed in earlier, not just now.',
    'Sign in anew: press Approve in Slack again and use the new link.',
  ),
  'somebody-else': refused(
    'somebody-else',
    'Somebody else signed in than who pressed Approve.',
    'A sign-in as yourself; your identity in cordon.config.ts says as whom.',
  ),
} as const;

export const byIssuer = async (
  ports: StepUpPorts,
  ticket: ConfirmTicket,
  { code, state }: { readonly code: string; readonly state: string },
): Promise<Proof | Refused> => {
  const { oidc } = ports.config.stepUp;
  const identity = identityOf(ports.config, ticket.person.id);
  if (!oidc || !identity || state !== stateOf(ticket.token)) return signInRefused['not-signed'];
  const idToken = await redeem(ports, oidc, { token: ticket.token, code });
  if (!idToken) return signInRefused['not-signed'];
  const checked = await checkSignIn(ports.issuer, oidc, {
    idToken,
    identity,
    challenge: challengeOf(ticket),
    at: ports.chance.now(),
  });
  return checked.kind === 'signed-in'
    ? { nonce: ticket.token, idToken }
    : signInRefused[checked.code];
};

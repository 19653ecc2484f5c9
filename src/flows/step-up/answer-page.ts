/**
 * What the step-up page asks for: what is to be confirmed, and what came of it. Two calls, both POST;
 * opening the page does nothing, so a link preview or a scanner uses nothing up.
 */

import { shortHash, words } from '../../requests/plan-hash.ts';
import type { Request } from '../../requests/request.ts';
import { requesterName } from '../../requests/requester.ts';
import {
  type Assertion,
  confirmChallenge,
  countsFrom,
  enrolChallenge,
  identityOf,
  type Passkey,
  type Proof,
  type Ticket,
} from '../../requests/step-up.ts';
import type { Passkeys } from '../../store/passkeys.ts';
import type { RequestsTable } from '../../store/requests-table.ts';
import type { Pager } from '../page-people.ts';
import { isoNow, type Ports, type WorkQueue } from '../ports.ts';
import { checkSignIn, redeem, type SignInPorts, signInUrl, stateOf } from './sign-in.ts';
import { confirmOptions, enrolled, enrolOptions, signedBy } from './webauthn.ts';

export interface StepUpPorts extends Pick<Ports, 'chance'>, SignInPorts {
  readonly newPasskeyHours: number;
  readonly requests: Pick<RequestsTable, 'get' | 'ticket' | 'revokedPasskeys'>;
  readonly passkeys: Passkeys;
  readonly work: WorkQueue;
  readonly pager: Pager;
}

interface Refused {
  readonly kind: 'refused';
  readonly code:
    | 'unknown-link'
    | 'link-expired'
    | 'link-used'
    | 'request-over'
    | 'no-passkey'
    | 'new-passkey'
    | 'not-signed'
    | 'somebody-else'
    | 'not-fresh'
    | 'copied-passkey';
  readonly because: string;
  readonly needed: string;
}

/** What the page draws, as plain text; `options` go to the browser's WebAuthn call, `signIn` is where it may go instead. */
export type PageAnswer =
  | {
      readonly kind: 'confirm' | 'enrol';
      readonly title: string;
      readonly lines: readonly string[];
      readonly options?: object;
      readonly signIn?: string;
    }
  | { readonly kind: 'done'; readonly title: string; readonly lines: readonly string[] }
  | Refused;

const refused = (code: Refused['code'], because: string, needed: string): Refused => ({
  kind: 'refused',
  code,
  because,
  needed,
});

const notSigned = refused(
  'not-signed',
  'The passkey’s answer does not hold for this page, this request and this plan.',
  'Press Approve in Slack again and use the new link.',
);

type ConfirmTicket = Extract<Ticket, { kind: 'confirm' }>;

const openTicket = async (ports: StepUpPorts, token: string): Promise<Ticket | Refused> => {
  const ticket = await ports.requests.ticket(token);
  if (!ticket)
    return refused('unknown-link', 'Cordon did not make this link.', 'Ask for a new one in Slack.');
  return ticket.expiresAt <= isoNow(ports.chance)
    ? refused('link-expired', 'This link is too old.', 'Ask for a new one in Slack.')
    : ticket;
};

/** The request as it waits for exactly this confirmation. */
const waiting = async (ports: StepUpPorts, ticket: ConfirmTicket): Promise<Request | Refused> => {
  const request = await ports.requests.get(ticket.request);
  const waits =
    request?.state === 'pending' &&
    request.planHash === ticket.planHash &&
    isoNow(ports.chance) < request.expiresAt;
  return waits
    ? request
    : refused(
        'request-over',
        'This request does not wait for this approval any more.',
        'Look at its card in Slack.',
      );
};

/** Those of the person whose signatures count now. */
const usable = async (
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

const confirmLines = ({ plan, planHash, requestedBy, reason }: Request): readonly string[] => [
  plan.summary,
  `Account ${plan.target.account}, region ${plan.target.region}, ${plan.target.id}`,
  ...plan.changes
    .slice(0, 12)
    .map(({ label, before, after }) => `${label}: ${words(before)} → ${words(after)}`),
  ...(plan.changes.length > 12 ? [`and ${plan.changes.length - 12} more changes`] : []),
  `Asked by ${requesterName(requestedBy)}: ${reason.label}${reason.text ? ` – ${reason.text}` : ''}`,
  `Plan ${shortHash(planHash)}`,
];

const challengeOf = ({ request, planHash, person, token }: ConfirmTicket): string =>
  confirmChallenge({ request, planHash, person: person.id, nonce: token });

/** Undefined where that is no way for this person, or the issuer does not answer. */
const signInFor = async (
  ports: StepUpPorts,
  ticket: ConfirmTicket,
): Promise<string | undefined> => {
  const { oidc } = ports.config.stepUp;
  if (!oidc || !identityOf(ports.config, ticket.person.id)) return undefined;
  return signInUrl(ports, oidc, {
    token: ticket.token,
    challenge: challengeOf(ticket),
  }).catch(() => undefined);
};

const beginConfirm = async (ports: StepUpPorts, ticket: ConfirmTicket): Promise<PageAnswer> => {
  const { person } = ticket;
  const request = await waiting(ports, ticket);
  if ('because' in request) return request;
  const passkeys = await usable(ports, person.id);
  const signIn = await signInFor(ports, ticket);
  if ('because' in passkeys && !signIn) return passkeys;
  return {
    kind: 'confirm',
    title: `Approve as ${person.name ?? person.user}?`,
    lines: confirmLines(request),
    ...('because' in passkeys
      ? {}
      : {
          options: await confirmOptions(ports.site, { challenge: challengeOf(ticket), passkeys }),
        }),
    ...(signIn ? { signIn } : {}),
  };
};

/** What is to be confirmed, and what the browser needs for it. Changes nothing. */
export const begin = async (ports: StepUpPorts, token: string): Promise<PageAnswer> => {
  const ticket = await openTicket(ports, token);
  if (ticket.kind === 'refused') return ticket;
  const { person } = ticket;
  if (ticket.kind === 'enrol') {
    const known = await ports.passkeys.of(person.id);
    return {
      kind: 'enrol',
      title: `A passkey for ${person.name ?? person.user}`,
      lines: [
        'With it you confirm approvals of tier 3. It stays on your device or in your password manager.',
        `It counts ${ports.newPasskeyHours} hours after you add it, and everybody in the channel is told.`,
      ],
      options: await enrolOptions(ports.site, {
        challenge: enrolChallenge(ticket),
        person: person.id,
        name: person.name ?? person.user,
        known,
      }),
    };
  }
  return beginConfirm(ports, ticket);
};

const finishEnrol = async (
  ports: StepUpPorts,
  ticket: Ticket,
  answer: unknown,
): Promise<PageAnswer> => {
  const at = isoNow(ports.chance);
  const { person } = ticket;
  const passkey = await enrolled(ports.site, answer, {
    challenge: enrolChallenge(ticket),
    person: person.id,
    at,
  });
  if (!passkey) return notSigned;
  await ports.passkeys.use(ticket.token, { at, passkey: passkey.id });
  // The same answer once more repairs a crash between these writes; another one is refused.
  if ((await ports.passkeys.used(ticket.token))?.passkey !== passkey.id)
    return refused('link-used', 'This link was already used.', 'Run /cordon passkey again.');
  await ports.passkeys.add(passkey);
  const who = person.name ?? person.user;
  await ports.pager.send({
    severity: 'HIGH',
    subject: 'Cordon: a passkey was added',
    text: `${who} (${person.id}) added a passkey at ${at}. It counts from ${countsFrom(passkey, ports.newPasskeyHours)}.\nIf that was not them: /cordon passkey remove, and look at their Slack account.`,
  });
  await ports.work.send({ kind: 'stepped-up', ticket: ticket.token });
  return {
    kind: 'done',
    title: 'Added',
    lines: ['Your passkey is kept. You can close this page.'],
  };
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The parts of the browser's `AuthenticationResponseJSON` that prove something. */
const assertionOf = (answer: unknown): Assertion => {
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
const codeOf = (answer: unknown): { readonly code: string; readonly state: string } | undefined => {
  const { code, state } = (answer ?? {}) as { readonly [key: string]: unknown };
  return typeof code === 'string' && typeof state === 'string' ? { code, state } : undefined;
};

const byPasskey = async (
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

const byIssuer = async (
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

const finishConfirm = async (
  ports: StepUpPorts,
  ticket: ConfirmTicket,
  answer: unknown,
): Promise<PageAnswer> => {
  const before = await ports.passkeys.used(ticket.token);
  if (!before) {
    const request = await waiting(ports, ticket);
    if ('because' in request) return request;
    const signedIn = codeOf(answer);
    const proof = await (signedIn
      ? byIssuer(ports, ticket, signedIn)
      : byPasskey(ports, ticket, assertionOf(answer)));
    if ('kind' in proof) return proof;
    await ports.passkeys.use(ticket.token, { at: isoNow(ports.chance), proof });
  }
  // Also when it was used before: its task may have been lost, and counts once.
  await ports.work.send({ kind: 'stepped-up', ticket: ticket.token });
  return {
    kind: 'done',
    title: 'Confirmed',
    lines: ['Slack shows what happens next. You can close this page.'],
  };
};

/** Takes the browser's answer; one link does one thing once. */
export const finish = async (
  ports: StepUpPorts,
  token: string,
  answer: unknown,
): Promise<PageAnswer> => {
  const ticket = await openTicket(ports, token);
  if (ticket.kind === 'refused') return ticket;
  return ticket.kind === 'enrol'
    ? finishEnrol(ports, ticket, answer)
    : finishConfirm(ports, ticket, answer);
};

/**
 * What the step-up page asks for: what is to be confirmed, and what came of it. Two calls, both POST;
 * opening the page does nothing, so a link preview or a scanner uses nothing up.
 */
import { shortHash, words } from '../../requests/plan-hash.ts';
import type { Request } from '../../requests/request.ts';
import { requesterName } from '../../requests/requester.ts';
import { countsFrom, enrolChallenge, identityOf, type Ticket } from '../../requests/step-up.ts';
import { isoNow } from '../ports.ts';
import {
  type ConfirmTicket,
  challengeOf,
  notSigned,
  type PageAnswer,
  type Refused,
  refused,
  type StepUpPorts,
} from './page-answer.ts';
import { assertionOf, byIssuer, byPasskey, codeOf, usable } from './prove.ts';
import { signInUrl } from './sign-in.ts';
import { confirmOptions, enrolled, enrolOptions } from './webauthn.ts';

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

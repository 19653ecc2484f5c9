/** A ticket was used on the step-up page: the approval is counted, or the new passkey is announced. */
import { actorOf } from '../../requests/person.ts';
import { countsFrom, type Passkey, type Ticket } from '../../requests/step-up.ts';
import type { Click } from '../click.ts';
import { decideRequest } from '../decide-request.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';

const announce = async (
  ports: WorkerPorts,
  { person, token }: Ticket,
  passkey: Passkey,
): Promise<void> => {
  const from = countsFrom(passkey, ports.config.approval.newPasskeyHours);
  await ports.requests.note({
    id: `passkey/${token}`,
    at: isoNow(ports.chance),
    kind: 'passkey.added',
    actor: actorOf(person),
    because: 'the one-time link that Cordon told this person was used',
    detail: { passkey: passkey.id, person: person.id, countsFrom: from },
  });
  await ports.screens.say(ports.config.channel, {
    title: 'A passkey was added',
    lines: [
      `It can confirm approvals of tier 3 from ${from.slice(0, 16).replace('T', ' ')} UTC.`,
      'Not you? Run /cordon passkey to remove it, and tell your security team: somebody has your Slack session.',
    ],
    who: person.user,
  });
};

export const steppedUp = async (ports: WorkerPorts, token: string): Promise<void> => {
  const ticket = await ports.requests.ticket(token);
  const used = await ports.passkeys.used(token);
  if (!ticket || !used) return;
  if (ticket.kind === 'enrol') {
    const passkey = (await ports.passkeys.of(ticket.person.id)).find(
      ({ id }) => id === used.passkey,
    );
    return passkey && announce(ports, ticket, passkey);
  }
  if (!used.proof) return;
  const click: Click = {
    person: ticket.person,
    digest: `step-up-${token}`,
    ...(ticket.channel ? { channel: ticket.channel } : {}),
    ...(ticket.threadTs ? { threadTs: ticket.threadTs } : {}),
  };
  await decideRequest(ports, click, 'approve', {
    request: ticket.request,
    token: ticket.card,
    proof: used.proof,
  });
};

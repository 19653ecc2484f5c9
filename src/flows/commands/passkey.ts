/** `/cordon passkey`: which passkeys I have, a link to add one, and a way to remove one. */
import { actorOf } from '../../requests/person.ts';
import { countsFrom, type Passkey } from '../../requests/step-up.ts';
import { allowed, type Click, refuseClick } from '../click.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { stepUpLink } from '../step-up/ask.ts';
import type { Answer, Command } from './command.ts';

/** What people see of a credential id. */
const shortId = (id: string): string => id.slice(0, 8);

const mostPasskeys = 5;

const described = (passkey: Passkey, newPasskeyHours: number): string =>
  `${shortId(passkey.id)}, added ${passkey.addedAt.slice(0, 10)}, counts from ${countsFrom(passkey, newPasskeyHours).slice(0, 16).replace('T', ' ')} UTC`;

const remove = async (
  ports: WorkerPorts,
  click: Click,
  own: readonly Passkey[],
  named: string,
): Promise<Answer> => {
  const wanted = own.filter(({ id }) => named !== '' && id.startsWith(named));
  const [passkey] = wanted;
  if (!passkey || wanted.length > 1) {
    await refuseClick(ports, click, {
      code: 'unknown-passkey',
      because: 'You have no single passkey that begins so.',
      needed: `/cordon passkey remove ${own.map(({ id }) => shortId(id)).join(' or ') || 'ID'}`,
    });
    return 'told';
  }
  const at = isoNow(ports.chance);
  await ports.requests.revokePasskey(click.person.id, passkey.id, at);
  await ports.requests.note({
    id: `passkey-removed/${click.digest}`,
    at,
    kind: 'passkey.removed',
    actor: actorOf(click.person),
    because: 'its owner removed it; what it confirmed and has not run yet does not run',
    detail: { passkey: passkey.id, person: click.person.id },
  });
  return { title: 'Removed', lines: [`The passkey ${shortId(passkey.id)} counts no more.`] };
};

/** The link is told ephemerally: nobody else may see it. */
const list = async (ports: WorkerPorts, click: Click, own: readonly Passkey[]): Promise<Answer> => {
  const { newPasskeyHours } = ports.config.approval;
  const drawn = {
    line: 'Good for 10 minutes, once. Give it to nobody: it adds a passkey to you.',
    label: 'Add a passkey',
  };
  return {
    title: 'Your passkeys',
    lines: [
      'Approvals of tier 3 count only when you confirm them with a passkey.',
      ...(own.length === 0
        ? ['You have none.']
        : own.map((passkey) => described(passkey, newPasskeyHours))),
    ],
    entries:
      own.length < mostPasskeys ? [await stepUpLink(ports, click, { kind: 'enrol' }, drawn)] : [],
  };
};

export const passkey: Command = {
  name: 'passkey',
  uses: ['passkey', 'passkey remove ID'],
  summary: 'with what you confirm approvals of tier 3: list, add, remove',
  // Only approvers have any use for one; the answer says so.
  needs: 'nothing',
  async answer(ports, { click, words: [verb, named = '', ...more] }) {
    if (more.length > 0 || (verb !== undefined && verb !== 'remove')) return 'usage';
    if (!(await allowed(ports, click, 'approve'))) return 'told';
    const revoked = await ports.requests.revokedPasskeys(click.person.id);
    const own = (await ports.passkeys.of(click.person.id)).filter(
      ({ id }) => !revoked.includes(id),
    );
    return verb === 'remove' ? remove(ports, click, own, named) : list(ports, click, own);
  },
};

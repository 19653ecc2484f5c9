/** Links to the step-up page: made by worker for one person, told to that person alone. */
import type { Request } from '../../requests/request.ts';
import { identityOf, linkMinutes, type Ticket } from '../../requests/step-up.ts';
import { controls } from '../../slack/controls.ts';
import type { NoticeEntry } from '../../slack/modals/notice.ts';
import { answer, type Click } from '../click.ts';
import { isoIn, type WorkerPorts } from '../ports.ts';

type About = Ticket extends infer One
  ? One extends Ticket
    ? Omit<One, 'token' | 'person' | 'expiresAt' | 'channel' | 'threadTs'>
    : never
  : never;

/** A link as an entry of a notice. Its token is after the `#`: no server on the way sees it. */
export const stepUpLink = async (
  ports: Pick<WorkerPorts, 'chance' | 'requests' | 'site'>,
  click: Click,
  about: About,
  drawn: { readonly line: string; readonly label: string },
): Promise<NoticeEntry> => {
  const token = ports.chance.id();
  await ports.requests.giveTicket({
    ...about,
    token,
    person: click.person,
    expiresAt: isoIn(ports.chance, linkMinutes * 60_000),
    ...(click.channel ? { channel: click.channel } : {}),
    ...(click.threadTs ? { threadTs: click.threadTs } : {}),
  });
  return {
    lines: [drawn.line],
    button: {
      id: controls.stepUp,
      label: drawn.label,
      value: 'open',
      url: `${ports.site.url}#${token}`,
    },
  };
};

/** An approval of tier 3 that so far is only a click. */
export const askToConfirm = async (
  ports: WorkerPorts,
  click: Click,
  request: Request,
  card: string,
): Promise<void> => {
  const own = await ports.passkeys.of(click.person.id);
  const revoked = await ports.requests.revokedPasskeys(click.person.id);
  const signIn = identityOf(ports.config, click.person.id) !== undefined;
  if (!signIn && own.every(({ id }) => revoked.includes(id)))
    return answer(ports, click, {
      title: 'Not yet approved',
      lines: [
        'This is tier 3: an approval counts only when you confirm it with your passkey, and you have none.',
        'What it needs: /cordon passkey, then this button again. Until a new passkey counts, ask another approver.',
      ],
    });
  const link = await stepUpLink(
    ports,
    click,
    { kind: 'confirm', request: request.id, planHash: request.planHash, card },
    {
      line: `Good for ${linkMinutes} minutes, once, for you.`,
      label: signIn ? 'Confirm' : 'Confirm with passkey',
    },
  );
  await answer(ports, click, {
    title: 'Not yet approved',
    lines: [
      `This is tier 3: your approval counts when you confirm it ${signIn ? 'on a page of its own, with a passkey or by signing in anew' : 'with your passkey'}.`,
      'The page shows the plan again; compare it with the card.',
    ],
    entries: [link],
  });
};

/** The guide's steps: what to do, how the state shows that it was done, and what "Show me" points at. */
import type { AuditRow, Person, World } from '../wire.ts';

/** Who is needed for a step; found by rights and titles, not by name. */
export type Part = 'responder' | 'approver' | 'guest' | 'stranger';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Played before something is shown. */
  readonly as?: Part;
  /** What lights up. */
  readonly target?: string;
  /** A scenario to run instead of pointing. */
  readonly scenario?: string;
  /** True when the state proves it; without it the step counts once it was shown. */
  done?(world: World): boolean;
}

const has = (world: World, kind: string): boolean =>
  world.audit.some((entry) => entry.kind === kind);

const actorOf = ({ actor }: AuditRow): string => actor.split('/').at(-1) ?? '';

/** Whether somebody like this was refused. */
const refused = (world: World, who: (person: Person | undefined, row: AuditRow) => boolean) =>
  world.audit.some(
    (row) =>
      row.kind === 'click.refused' &&
      who(
        world.slack.users.find(({ id }) => id === actorOf(row)),
        row,
      ),
  );

const isolatedNow = ({ aws }: World): boolean =>
  aws.accounts.some(({ instances }) =>
    instances.some(({ interfaces }) => interfaces.some(({ quarantined }) => quarantined)),
  );

/** The person who plays a part in this workspace. */
export function findPart({ slack }: World, part: Part): Person | undefined {
  const here = slack.users.filter(({ team_id: team }) => team === slack.team.id);
  switch (part) {
    case 'responder':
      return here.find(({ title, guest }) => !guest && /respond/i.test(title));
    case 'approver':
      return here.find(({ title, guest }) => !guest && /approv/i.test(title));
    case 'guest':
      return slack.users.find(({ guest }) => guest);
    case 'stranger':
      return slack.users.find(({ team_id: team }) => team !== slack.team.id);
    default:
      return part satisfies never;
  }
}

/** A card, and its buttons that open a plan: their action ids begin with `plan:`. */
const card = '[data-pane=channel] .message:has([data-action-id^="plan:"])';
const contain = `${card} :nth-child(1 of [data-action-id^="plan:"])`;

/** The way through one case. */
export const mainSteps: readonly Step[] = [
  {
    id: 'read',
    title: 'Read the card',
    text: 'A real GuardDuty event became this card: what happened, where, and what may be done about it.',
    target: card,
    done: (world) => has(world, 'request.created'),
  },
  {
    id: 'contain',
    title: 'Ask for containment',
    text: 'As the responder, press the card’s main button. Read the plan, give a reason, submit.',
    as: 'responder',
    target: contain,
    done: (world) => has(world, 'request.created'),
  },
  {
    id: 'approve',
    title: 'Approve as a second person',
    text: 'Switch to an approver, open the request in the thread and approve it.',
    as: 'approver',
    target: '[data-thread]',
    done: (world) => has(world, 'request.approved'),
  },
  {
    id: 'verify',
    title: 'See it verified',
    text: 'Watch the AWS tab: the security groups change, and the card says contained only after reading back.',
    target: '[data-tab=aws]',
    done: (world) => has(world, 'request.contained') || isolatedNow(world),
  },
  {
    id: 'undo',
    title: 'Undo it',
    text: 'Within 15 minutes one of the two can take it back alone. Later it needs approval again.',
    as: 'responder',
    target: '[data-thread]',
    done: (world) => has(world, 'request.undone'),
  },
];

/** Ways to get around the rules; each must be refused. */
export const cheats: readonly Step[] = [
  {
    id: 'cheat-alone',
    title: 'Approve your own request',
    text: 'Ask as the responder, then press Approve yourself.',
    as: 'responder',
    target: '[data-thread]',
    done: (world) =>
      refused(world, (_, row) =>
        world.audit.some(({ kind, actor }) => kind === 'request.created' && actor === row.actor),
      ),
  },
  {
    id: 'cheat-guest',
    title: 'Act as the guest',
    text: 'A guest sees the channel, and nothing else.',
    as: 'guest',
    target: contain,
    done: (world) => refused(world, (person) => person?.guest === true),
  },
  {
    id: 'cheat-stranger',
    title: 'Click from another workspace',
    text: 'Somebody from a shared channel presses a button.',
    as: 'stranger',
    target: contain,
    done: (world) =>
      refused(world, (person) => person !== undefined && person.team_id !== world.slack.team.id),
  },
  {
    id: 'cheat-drift',
    title: 'Change AWS behind the plan',
    text: 'Ask for isolation, then let an interface be attached before the approval: the approval is void.',
    scenario: 'attach-interface',
    done: (world) => world.audit.some(({ kind }) => kind.includes('drift')),
  },
  {
    id: 'cheat-stop',
    title: 'Stop half-way',
    text: 'Make EC2 slow, approve, and press Stop as a responder: finish or undo what was begun.',
    target: '[data-menu=faults]',
    done: (world) => world.audit.some(({ kind }) => /stop/.test(kind)),
  },
];

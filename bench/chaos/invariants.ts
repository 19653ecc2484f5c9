/** The invariants of a life: what holds of any story, in any order, whatever failed meanwhile. */
import type { Request, RequestState } from '../../src/requests/request.ts';
import type { Evidence } from './evidence.ts';
import { approvers, nobodies } from './scene.ts';
import type { Change } from './witness.ts';

export interface Invariant {
  readonly id: string;
  readonly title: string;
  /** What contradicts it, in words; empty where it holds. */
  readonly check: (evidence: Evidence) => readonly string[];
}

const balance: Invariant = {
  id: 'balance',
  title: 'whatever was received is counted once, and is where the balance says',
  check({ balance: { balance: terms, verdict, queue }, scene: { sent, poison } }) {
    const wrong: string[] = [];
    if (verdict?.kind !== 'balanced') wrong.push(`the balance says ${JSON.stringify(verdict)}`);
    const most = sent.size + poison;
    if (terms.received > most || terms.received < sent.size - queue.dead)
      wrong.push(`${terms.received} received, ${sent.size} were sent, ${queue.dead} are dead`);
    if (terms.waiting > 0) wrong.push(`${terms.waiting} wait for a card for good`);
    if (terms.undecided > queue.dead) wrong.push(`${terms.undecided} are undecided for good`);
    return wrong;
  },
};

const told = ({ by, service, operation, resource }: Change): string =>
  `${by.name} ${by.number} ${service}:${operation} of ${resource}`;

const isHuman = (a: string, b: string): boolean =>
  a === b || [a, b].every((user) => user === 'U0ANA' || user === 'U0ANA2');

/** By what people pressed, not by what is stored. */
const approved = ({ scene: { witness } }: Evidence, request: Request, before: number): boolean => {
  if (request.tier < 2) return true;
  const by = request.requestedBy;
  return witness.presses.some(
    ({ user, verb, about, at }) =>
      verb === 'approve' &&
      about === request.id &&
      at <= before + 1000 &&
      approvers.some((one) => one === user) &&
      by.kind !== 'rule' &&
      !isHuman(user, by.user),
  );
};

const authority: Invariant = {
  id: 'authority',
  title: 'AWS changes only for a stored request that runs and has its approvals',
  check: (evidence) =>
    evidence.scene.witness.changes.flatMap((change) => {
      const { request, by } = change;
      if (by.name !== 'executor') return [`${told(change)}: only the executor changes AWS`];
      if (!request) return [`${told(change)}: there is no request`];
      if (request.state !== 'executing' && request.state !== 'stopping')
        return [`${told(change)}: the request is ${request.state}`];
      return approved(evidence, request, change.at)
        ? []
        : [`${told(change)}: nobody else approved ${request.id}`];
    }),
};

/** A minute, and what two clocks may differ by; milliseconds. */
const stampMs = 61_000;

const stamp: Invariant = {
  id: 'stamp',
  title: 'the executor begins with a word of the worker that is at most a minute old',
  check: ({ scene: { witness } }) =>
    witness.changes.flatMap((change) => {
      const at = Date.parse(change.stamp ?? '');
      return change.by.startedAt - at <= stampMs
        ? []
        : [`${told(change)}: the stamp of ${change.stamp} was too old`];
    }),
};

const journal: Invariant = {
  id: 'journal',
  title: 'each change is in the journal before it is made',
  check: ({ scene: { witness } }) =>
    witness.changes.flatMap((change) =>
      change.lines.length > 0 ? [] : [`${told(change)}: the journal has no line for it`],
    ),
};

const ownValues: Invariant = {
  id: 'own-values',
  title: 'a value is written only over one that the journal has',
  check: ({ scene: { witness } }) =>
    witness.changes.flatMap((change) => {
      const { live, lines } = change;
      // On its way through the group that lets connections end.
      if (live === undefined || live.includes('cordon-')) return [];
      const known = lines.flatMap(({ before, after, found }) => [before, after, found ?? before]);
      const sorted = known.map((value) =>
        JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : value),
      );
      return sorted.includes(live)
        ? []
        : [`${told(change)}: it was ${live}, the journal has ${sorted.join(', ')}`];
    }),
};

const oneAtATime: Invariant = {
  id: 'lease',
  title: 'no two executors work on one resource at a time',
  check: ({ scene: { witness } }) =>
    witness.changes.flatMap((change) =>
      change.beside === undefined ? [] : [`${told(change)}, beside executor ${change.beside}`],
    ),
};

const oneWinner: Invariant = {
  id: 'one-winner',
  title: 'each version of a request was stored once, on top of the one before',
  check: ({ scene: { witness } }) =>
    [...witness.versions].flatMap(([id, versions]) =>
      versions.every((version, n) => version === (versions[0] ?? 0) + n)
        ? []
        : [`${id} was stored as versions ${versions.join(', ')}`],
    ),
};

const names: Readonly<Record<RequestState, RegExp>> = {
  announced: /starts/,
  pending: /Approval needed/,
  approved: /approved\*, starting/,
  executing: /running\*/,
  stopping: /Stopped|Stands still|person’s turn/,
  contained: /Contained and verified|and changed since|Contained/,
  failed: /failed\*/,
  denied: /Denied\*/,
  expired: /Expired\*/,
  withdrawn: /Withdrawn\*/,
  undoing: /Being undone|stopped half-way/,
  undone: /Undone\*/,
  'undo-failed': /Undo failed\*/,
};

const cards: Invariant = {
  id: 'cards',
  title: 'what Slack says of a request is what is stored of it, and each message is there once',
  check: ({ requests, says, posted, wrong }) => [
    ...wrong,
    ...requests.flatMap(({ id, state }) =>
      names[state].test(says.get(id) ?? '')
        ? []
        : [`${id} is ${state}, and Slack says “${(says.get(id) ?? '').slice(0, 80)}”`],
    ),
    ...[...posted].flatMap(([name, times]) =>
      times > 1 ? [`${name} was posted ${times} times`] : [],
    ),
  ],
};

const place = ['123456789012', 'eu-west-1'] as const;

const contained: Invariant = {
  id: 'contained',
  title: 'what is called contained is contained in AWS',
  check({ requests, scene: { world, drifted } }) {
    if (drifted) return [];
    const { interfaces, groups } = world.aws.partition(...place);
    const keys = [...world.aws.account(place[0]).users.values()].flatMap((user) => user.keys);
    return requests.flatMap(({ id, state, plan }) => {
      if (state !== 'contained') return [];
      if (plan.action === 'deactivate-access-key')
        return keys.some((key) => key.id === plan.target.id && key.status === 'Active')
          ? [`${id} is contained, and its key works`]
          : [];
      const open = [...interfaces.values()].filter(
        (one) =>
          one.instance === plan.target.id &&
          one.groups.some((group) => groups.get(group)?.name !== 'cordon-quarantine'),
      );
      return open.map((one) => `${id} is contained, and ${one.id} has ${one.groups.join()}`);
    });
  },
};

const trespass: Invariant = {
  id: 'trespass',
  title: 'what people without the right pressed had no effect',
  check: ({ requests, entries }) => [
    ...requests.flatMap(({ id, votes, requestedBy }) => [
      ...votes.flatMap(({ person: { user } }) =>
        nobodies.some((one) => one === user) ? [`${user} voted on ${id}`] : [],
      ),
      ...(requestedBy.kind !== 'rule' && nobodies.some((one) => one === requestedBy.user)
        ? [`${requestedBy.user} asked for ${id}`]
        : []),
    ]),
    ...entries.flatMap(({ actor, kind }) =>
      kind !== 'click.refused' && nobodies.some((one) => actor.endsWith(`/${one}`))
        ? [`${actor} did ${kind}`]
        : [],
    ),
  ],
};

const audit: Invariant = {
  id: 'audit',
  title: 'the chain is whole, and has whatever was ever to be recorded, once',
  check({ audit: verdict, entries, unchained, scene: { witness } }) {
    const ids = new Set(entries.map(({ id }) => id));
    const missing = [...witness.drafts].filter((id) => !ids.has(id));
    return [
      ...(verdict.kind === 'intact' ? [] : [`the chain is broken: ${JSON.stringify(verdict)}`]),
      ...(missing.length > 0 ? [`not recorded: ${missing.join(', ')}`] : []),
      ...(ids.size === entries.length ? [] : ['something is recorded twice']),
      ...(unchained.length > 0 ? [`waits to be recorded for good: ${unchained.join(', ')}`] : []),
    ];
  },
};

/** Over, or waiting for a person who is named. */
const atRest: readonly RequestState[] = [
  'contained',
  'failed',
  'denied',
  'expired',
  'withdrawn',
  'undone',
  'undo-failed',
  'stopping',
  'pending',
];

const nothingStuck: Invariant = {
  id: 'nothing-stuck',
  title: 'everything comes to an end, or waits for a person',
  check: ({ requests, scene: { world } }) => [
    ...requests.flatMap(({ id, state, kind }) =>
      atRest.includes(state) ? [] : [`${kind} ${id} is ${state} for good`],
    ),
    ...Object.entries(world.executions.status()).flatMap(([name, status]) =>
      status === 'running' ? [`execution ${name} runs for good`] : [],
    ),
    ...Object.entries(world.queues.depth()).flatMap(([name, { waiting }]) =>
      waiting > 0 && name !== 'cordon-notify' ? [`${waiting} wait on ${name} for good`] : [],
    ),
  ],
};

/** Asked when faults are over and all is quiet. */
export const invariants: readonly Invariant[] = [
  balance,
  authority,
  stamp,
  journal,
  ownValues,
  oneAtATime,
  oneWinner,
  cards,
  contained,
  trespass,
  audit,
  nothingStuck,
];

/**
 * The `Aws` port of a drill: no call leaves the function. A drill has an AWS of its own, the simulated
 * one of the local world (src/local/world/), made anew from the scenario's event and from everything that
 * was sent to it before: each change is written down first, then made. So whoever comes next, after a
 * crash too, finds the same state.
 *
 * One question is asked in earnest: which of Cordon's roles are deployed in the account. It goes out under
 * the read role, in a session that allows nothing else.
 */
import type { Aws, EvidenceFolder, Operation } from '../actions/aws.ts';
import { memberRoleName, type RoleNames } from '../actions/role-names.ts';
import { readsOnly } from '../actions/session-policy.ts';
import type { Accounts } from '../aws/accounts.ts';
import type { FunctionName } from '../aws/rights.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Drill, Rehearsed, RehearsedCall } from '../drills/drill.ts';
import type { AwsAccounts } from '../flows/ports.ts';
import type { DrillStore } from '../store/drills.ts';
import type { RehearsalWorld } from './rehearsal-world.ts';

export interface Behind {
  readonly accounts: Accounts;
  readonly drills: Pick<DrillStore, 'after' | 'append'>;
  readonly functionName: FunctionName;
  readonly config: Pick<CordonConfig, 'roleNames' | 'securityAccount'>;
  readonly now: () => number;
}

export type Wish = Omit<Parameters<AwsAccounts['as']>[0], 'drill'>;

/** Losing the race for one place more often than that means that something is broken. */
const attempts = 20;

/** One after the other: what comes later sees what came before. */
const queue = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
};

/** One drill's AWS as this process knows it. */
const rehearsal = (behind: Behind, drill: Drill) => {
  const inTurn = queue();
  let known = 0;
  const making: Promise<RehearsalWorld> = import('./rehearsal-world.ts').then(
    ({ rehearsalWorld }) => rehearsalWorld(drill, behind),
  );
  const catchUp = async (): Promise<void> => {
    const world = await making;
    for (const entry of await behind.drills.after(drill, known)) {
      for (const call of entry.calls) await world.replay(call, entry.at);
      known = entry.n;
    }
  };
  /** Written down, then made; answers what AWS answers. Who was faster is made first. */
  const change = async (call: RehearsedCall): Promise<object> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const at = new Date(behind.now()).toISOString();
      const entry: Rehearsed = { n: known + 1, at, by: 'cordon', calls: [call] };
      if (await behind.drills.append(drill, entry)) {
        known = entry.n;
        return (await making).make(call);
      }
      await catchUp();
    }
    throw new Error(`the drill of case ${drill.case} could not be written: ${attempts} races lost`);
  };
  return {
    /** What happened since, elsewhere. */
    catchUp: () => inTurn(catchUp),
    read: (wish: Wish, call: RehearsedCall) => inTurn(async () => (await making).call(wish, call)),
    change: (wish: Wish, call: RehearsedCall) =>
      inTurn(async () => {
        // What the role or the session may not do is refused before it is written down.
        await (await making).admit(wish, call);
        return change(call);
      }),
    /** Evidence of a drill is kept with the drill: the evidence bucket forgets nothing for a year. */
    evidence: ({ requestId, account, region }: Wish): EvidenceFolder => {
      const keyOf = (name: string): string => `drills/${requestId}/${name}.json`;
      return {
        nameOf: keyOf,
        put: (name, body) =>
          inTurn(async () => {
            const key = keyOf(name);
            if ((await making).evidence.has(key)) return 'exists';
            await change({ account, region, operation: 'evidence:Put', input: { key, body } });
            return 'put';
          }),
        get: (name) => inTurn(async () => (await making).evidence.get(keyOf(name))),
      };
    },
  };
};

type Rehearsal = ReturnType<typeof rehearsal>;

const asksForOwnRole = (operation: Operation, input: object, names: RoleNames): boolean =>
  operation === 'iam:ListRoleTags' &&
  'RoleName' in input &&
  String(input.RoleName).startsWith(memberRoleName('respond', names));

/** Sessions in a drill's own AWS, whatever role is wished. */
export interface Rehearsals {
  as(wish: Wish, drill: Drill): Promise<Aws>;
}

export const rehearsals = (behind: Behind): Rehearsals => {
  // One at a time: who works on a drill works on that one.
  let current: { readonly id: string; readonly rehearsal: Rehearsal } | undefined;
  const rehearsalOf = (drill: Drill): Rehearsal => {
    if (current?.id !== drill.id) current = { id: drill.id, rehearsal: rehearsal(behind, drill) };
    return current.rehearsal;
  };
  return {
    async as(wish, drill) {
      const own = rehearsalOf(drill);
      await own.catchUp();
      const { account, region } = wish;
      return {
        now: behind.now,
        // Nothing takes its time in an AWS that is made up.
        pause: () => Promise.resolve(),
        evidence: own.evidence(wish),
        async call(operation, input) {
          if (asksForOwnRole(operation, input, behind.config.roleNames)) {
            const scope = { operations: [operation] };
            const aws = await behind.accounts.as({ ...wish, role: 'read', scope });
            return aws.call(operation, input);
          }
          const call: RehearsedCall = { account, region, operation, input };
          const answer = await (readsOnly(operation)
            ? own.read(wish, call)
            : own.change(wish, { ...call, role: wish.role }));
          return answer as never;
        },
      };
    },
  };
};

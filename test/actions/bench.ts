/** Runs actions as the product does: planned by worker's read role, changed by executor's. */
import {
  type Action,
  defaultPlanSettings,
  type Plan,
  type PlanSettings,
  type Refusal,
} from '../../src/actions/action.ts';
import type { Aws, EvidenceFolder } from '../../src/actions/aws.ts';
import { worksIn } from '../../src/actions/index.ts';
import { awsAccounts } from '../../src/aws/accounts.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { attach } from '../../src/local/world/attach.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';

export const account = '123456789012';
export const region = 'eu-west-1';
export const securityAccount = '999988887777';

/** As a configuration would say it. */
export const settings: PlanSettings = {
  ...defaultPlanSettings,
  breakGlassRoles: ['break-glass', 'ops/emergency'],
};

export const newWorld = (): World => {
  const now = Date.parse('2026-11-22T03:00:00.000Z');
  const world = createWorld({ now: () => now });
  seedExample(world);
  return world;
};

type Pause = (milliseconds: number) => Promise<void>;

const accountsOf = (world: World, functionName: 'worker' | 'executor', pause: Pause) =>
  awsAccounts({
    pause,
    functionName,
    homeRegion: region,
    externalId: world.externalId,
    now: () => world.now(),
    credentials: { accessKeyId: `FUNCTION-${functionName}`, secretAccessKey: 'local' },
    onClient: (client, service) => attach(client, service, world),
  });

type Phase = keyof Action['permissions'];

export interface Bench {
  readonly world: World;
  /** Operations the action called so far, by phase. */
  readonly used: Readonly<Record<Phase, ReadonlySet<string>>>;
  /** What was put into the evidence bucket, by its name in the request's folder. */
  readonly kept: Map<string, string>;
  readAws(): Promise<Aws>;
  executeAws(): Promise<Aws>;
  plan(target: Resource, configured?: PlanSettings): Promise<Plan | Refusal>;
  /** Writes every change's `after`, reading the register before and after. */
  execute(plan: Plan): Promise<void>;
  verify(plan: Plan): ReturnType<Action['verify']>;
  /** Writes every undoable change's `before`, last first. */
  undo(plan: Plan): Promise<void>;
}

/** `pause` moves the time of the world, where that can be moved. */
export const benchOf = (
  action: Action,
  world = newWorld(),
  pause: Pause = async () => undefined,
): Bench => {
  const used = {
    plan: new Set<string>(),
    execute: new Set<string>(),
    verify: new Set<string>(),
    undo: new Set<string>(),
  };
  const roles = {
    read: accountsOf(world, 'worker', pause),
    respond: accountsOf(world, 'executor', pause),
  };
  let target: Resource | undefined;
  const kept = new Map<string, string>();
  const evidence: EvidenceFolder = {
    nameOf: (name) => `captures/REQ-1/${name}.json`,
    put: async (name, body) => {
      if (kept.has(name)) return 'exists';
      kept.set(name, body);
      return 'put';
    },
    get: async (name) => kept.get(name),
  };
  const aws = async (role: 'read' | 'respond'): Promise<Aws> => {
    const place = target ? worksIn(action, target, { securityAccount }) : { account, region };
    const session = await roles[role].as({
      role: role === 'read' ? 'read' : action.role,
      ...place,
      requestId: 'REQ-1',
      ...(role === 'read' ? {} : { sourceIdentity: 'maria' }),
    });
    return role === 'read' ? session : { ...session, evidence };
  };
  const during = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
    const from = world.calls.length;
    try {
      return await work();
    } finally {
      for (const call of world.calls.slice(from))
        if (call.service !== 'sts') used[phase].add(`${call.service}:${call.operation}`);
    }
  };
  const set = async (plan: Plan, which: 'before' | 'after', undo: boolean): Promise<void> => {
    const registers = action.registers(plan).filter((each) => !undo || each.undoable);
    const port = await aws('respond');
    for (const register of undo ? [...registers].reverse() : registers) {
      const change = plan.changes.find(({ id }) => id === register.id);
      if (!change) throw new Error(`No change for the register ${register.id}`);
      await register.read(port);
      await register.write(change[which], port);
    }
  };
  return {
    world,
    used,
    kept,
    readAws: () => aws('read'),
    executeAws: () => aws('respond'),
    plan: (wanted, configured = settings) => {
      target = wanted;
      return during('plan', async () => action.plan(wanted, await aws('read'), configured));
    },
    execute: (plan) => during('execute', () => set(plan, 'after', false)),
    verify: (plan) => during('verify', async () => action.verify(plan, await aws('respond'))),
    undo: (plan) =>
      during('undo', async () => {
        await action.refuseUndo?.(plan, await aws('respond'));
        await set(plan, 'before', true);
      }),
  };
};

export const planned = (result: Plan | Refusal): Plan => {
  if (result.kind === 'refusal')
    throw new Error(`Refused (${result.code}): ${result.because} ${result.instead}`);
  return result;
};

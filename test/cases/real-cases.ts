/** The real flows on a table in memory, whose writes can be the last that a function lives to see. */
import { config } from '../../cordon.config.ts';
import { type Case, caseIdOf, findingKey, isActive } from '../../src/cases/case.ts';
import type { CaseEvent } from '../../src/cases/case-event.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { foldCase } from '../../src/flows/alerts/fold-case.ts';
import { joinCases } from '../../src/flows/case/join-cases.ts';
import { splitCase } from '../../src/flows/case/split-case.ts';
import type { Ports, WorkerPorts } from '../../src/flows/ports.ts';
import { tellCase } from '../../src/flows/save-case.ts';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  portScan,
} from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { findingOf } from '../findings/finding-of.ts';
import type { Deed, Example } from './case-model.ts';

const begun = Date.parse('2026-11-22T09:00:00Z');

/** Three of each, told apart by their type, the last one worse. Nobody in them, so nobody is new. */
const findings: readonly Finding[] = [compromisedServer, leakedKey, portScan].flatMap((story) =>
  ['Trojan:', 'Impact:', 'Backdoor:'].map((purpose, number) => ({
    ...findingOf(
      guardDutyEvent(
        {
          ...story,
          id: `${number}${story.id.slice(1)}`,
          type: story.type.replace(/^\w+:/, purpose),
          severity: number === 2 ? 8 : 5,
        },
        begun,
      ),
    ),
    actors: [],
  })),
);

const byId = new Map(findings.map((finding) => [finding.canonicalId, finding]));
const homeOf = (place: number): string =>
  caseIdOf((findings[place - (place % 3)] as Finding).canonicalId);

const decisionOf = (finding: Finding) => {
  const decision = decide(finding, config, begun);
  if (decision.kind !== 'card') throw new Error(`${finding.type} is no card`);
  return decision;
};

export const examples: ReadonlyMap<string, Example> = new Map(
  findings.map((finding, place) => {
    const id = finding.canonicalId;
    return [id, { id, case: homeOf(place), severity: decisionOf(finding).severity }];
  }),
);

/** A function dies at the write of this number: before it is made, or after. */
export interface Crash {
  readonly write: number;
  readonly after: boolean;
}

export interface RealCases {
  readonly cases: Map<string, Case>;
  /** The case of each finding, by its `findingKey`. */
  readonly where: Map<string, string>;
  /** Versions in the order in which they were stored, by case. */
  readonly versions: Map<string, number[]>;
  now: number;
}

export const realCases = (): RealCases => ({
  cases: new Map(),
  where: new Map(),
  versions: new Map(),
  now: begun,
});

/** One invocation: `turn` says how long a call takes, in turns of others. */
export interface Invocation {
  readonly turn: () => number;
  readonly crash?: Crash | undefined;
}

const put = (real: RealCases, value: Case, was: number | undefined): boolean => {
  if (real.cases.get(value.id)?.version !== was) return false;
  real.cases.set(value.id, value);
  real.versions.set(value.id, [...(real.versions.get(value.id) ?? []), value.version]);
  return true;
};

/** What one invocation sees of it. */
const portsOf = (real: RealCases, { turn, crash }: Invocation): WorkerPorts & Ports => {
  let writes = 0;
  const pause = async (): Promise<void> => {
    for (let left = turn(); left > 0; left -= 1) await undefined;
  };
  const write = async <T>(make: () => T): Promise<T> => {
    await pause();
    writes += 1;
    const dies = crash?.write === writes;
    if (dies && !crash?.after) throw new Error('killed');
    const made = make();
    if (dies) throw new Error('killed');
    await pause();
    return made;
  };
  return {
    config: { ...config, escalation: { ...config.escalation, steps: [] } },
    chance: { now: () => real.now, id: () => 'token' },
    cases: {
      get: async (id: string) => {
        await pause();
        return real.cases.get(id);
      },
      create: (value: Case) => write(() => put(real, value, undefined)),
      save: (value: Case, was: number) => write(() => put(real, value, was)),
      shown: async () => ({ counted: 0 }),
      groups: { move: (key: string, id: string) => write(() => real.where.set(key, id)) },
    },
    about: { put: async () => {}, find: async () => [] },
    work: { send: async () => {} },
    wake: { wake: async () => {} },
  } as unknown as WorkerPorts & Ports;
};

const alert = async (real: RealCases, ports: Ports, id: string): Promise<unknown> => {
  const finding = byId.get(id) as Finding;
  const key = findingKey(id);
  const home = real.where.get(key) ?? (examples.get(id) as Example).case;
  real.where.set(key, home);
  const decision = decisionOf(finding);
  const receivedAt = new Date(real.now).toISOString();
  return foldCase(ports, home, [{ id: key, finding, decision, receivedAt, case: home, meets: [] }]);
};

type Alone = Exclude<Deed['does'], 'alert' | 'merge' | 'split'>;

/** What a person or the clock does with one case. */
const eventOf = (deed: Extract<Deed, { readonly does: Alone }>, now: number): CaseEvent => {
  const whom = { by: deed.by, actor: `T0CORDON/${deed.by}` };
  switch (deed.does) {
    case 'acknowledge':
      return { kind: 'acknowledge', user: deed.by, actor: whom.actor };
    case 'unacknowledge':
      return { kind: 'unacknowledge', ...whom, escalation: undefined };
    case 'assign':
      return { kind: 'assign', to: deed.to, ...whom };
    case 'snooze': {
      const until = new Date(now + 3_600_000).toISOString();
      return { kind: 'snooze', until, ...whom, reason: 'later' };
    }
    case 'wake':
      return {
        kind: 'snooze-end',
        because: 'the time is over',
        actor: 'cordon:worker',
        escalation: undefined,
      };
    case 'resolve':
      return { kind: 'resolve', ...whom, classification: 'benign', note: 'known', review: false };
    case 'reopen':
      return { kind: 'reopen', ...whom, because: 'not over' };
    default:
      return deed satisfies never;
  }
};

type Moving = Extract<Deed, { readonly does: 'merge' | 'split' }>;

/** Only cases that are open, as the click is asked; so a job that comes again finds nothing left to do. */
const move = async (ports: WorkerPorts, deed: Moving): Promise<unknown> => {
  const whom = { by: deed.by, actor: `T0CORDON/${deed.by}` };
  const theCase = await ports.cases.get(deed.of);
  if (!theCase || !isActive(theCase)) return undefined;
  if (deed.does === 'merge') {
    const into = await ports.cases.get(deed.into);
    if (!into || !isActive(into) || into.id === deed.of) return undefined;
    return joinCases(ports, { from: deed.of, into: into.id }, whom);
  }
  const entry = theCase.findings[deed.finding];
  if (!entry || Object.keys(theCase.findings).length < 2) return undefined;
  return splitCase(ports, { theCase, entry }, whom);
};

/** Rejects with `killed` when it dies. */
export const happens = async (
  real: RealCases,
  deed: Deed,
  invocation: Invocation,
): Promise<unknown> => {
  real.now += 1000;
  const ports = portsOf(real, invocation);
  if (deed.does === 'alert') return alert(real, ports, deed.finding);
  if (deed.does === 'merge' || deed.does === 'split') return move(ports, deed);
  return tellCase(ports, deed.of, eventOf(deed, real.now));
};

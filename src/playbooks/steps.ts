/** A playbook on the resources of one case: which actions to plan, and what to ask of people. Pure. */
import { createHash } from 'node:crypto';
import type { Action, Plan, PlannedStep, Refusal } from '../actions/action.ts';
import { actionById } from '../actions/index.ts';
import type { Resource, ResourceKind } from '../findings/finding.ts';
import type { LeftOut } from './combined-plan.ts';
import type { Playbook, PlaybookStep } from './playbook.ts';

/** One action on one target, before it is planned. */
export interface Wanted {
  readonly key: string;
  readonly step: Extract<PlaybookStep, { kind: 'action' }>;
  readonly action: Action;
  readonly target: Resource;
}

/** What became of a wanted action. */
export interface Answered extends Wanted {
  readonly plan: Plan | Refusal;
}

/** More than this nobody reads before approving, and no run ends in time. */
const mostTargets = 5;

const keyOf = (playbook: string, step: string, target?: Resource): string =>
  createHash('sha256')
    .update([playbook, step, target?.kind, target?.account, target?.region, target?.id].join(' '))
    .digest('hex')
    .slice(0, 8);

/** Every action that the case has a target for, in the order of the playbook. */
export const wantedOf = (playbook: Playbook, resources: readonly Resource[]): readonly Wanted[] =>
  playbook.steps.flatMap((step) => {
    const action = step.kind === 'action' ? actionById(step.action) : undefined;
    if (step.kind !== 'action' || !action) return [];
    return step.on
      .from(resources)
      .filter((target) => target.kind === action.on && action.offeredFor(target))
      .slice(0, playbook.mostTargets ?? mostTargets)
      .map((target) => ({ key: keyOf(playbook.id, step.id, target), step, action, target }));
  });

const words: Readonly<Partial<Record<ResourceKind, string>>> = {
  user: 'USER',
  'access-key': 'KEY',
  bucket: 'BUCKET',
  instance: 'INSTANCE',
  role: 'ROLE',
  function: 'FUNCTION',
  secret: 'SECRET',
  database: 'DATABASE',
};

/** What a shell takes as one plain word: anything else stays a word in capitals. */
const plainWord = /^[\w+=,.@:/-]{1,256}$/;

/** Fills the words in capitals with what the case names. */
const filler = (resources: readonly Resource[]): ((line: string) => string) => {
  const first = (kind: ResourceKind): string | undefined =>
    resources.find((resource) => resource.kind === kind)?.id;
  const known = new Map<string, string | undefined>(
    Object.entries(words).map(([kind, word]) => [word, first(kind as ResourceKind)]),
  );
  known.set('ACCOUNT', resources[0]?.account);
  known.set('RESOURCE', resources[0]?.id);
  known.set('PRINCIPAL', first('user') ?? first('role-session') ?? first('role'));
  return (line) =>
    line.replace(/\b[A-Z]{3,}\b/g, (word) => {
      const value = known.get(word);
      return value && plainWord.test(value) ? value : word;
    });
};

const titleOf = ({ action, target }: Wanted): string => `${action.title}: ${target.id}`;

const leftOut = (one: Answered, { because, instead, code }: Refusal): LeftOut => ({
  title: titleOf(one),
  because,
  instead,
  ...(one.step.required ? { required: true as const } : {}),
  ...(code === 'already-contained' ? { already: true as const } : {}),
});

/** Each value of AWS that a plan sets, by name. */
const valuesOf = ({ action, plan }: Answered): ReadonlyMap<string, string> =>
  new Map(
    plan.kind === 'refusal'
      ? []
      : action.registers(plan).map(({ resource, id }) => {
          const change = plan.changes.find((one) => one.id === id);
          return [`${resource}#${id}`, JSON.stringify(change?.after ?? null)];
        }),
  );

interface Sorted {
  readonly planned: readonly (Answered & { readonly plan: Plan })[];
  readonly leftOut: readonly LeftOut[];
}

type Place = 'planned' | 'covered' | LeftOut;

/** One value of AWS is written once: by the first step that sets it. */
const placeOf = (one: Answered, taken: ReadonlyMap<string, string>): Place => {
  if (one.plan.kind === 'refusal') return leftOut(one, one.plan);
  const values = [...valuesOf(one)];
  if (!values.some(([name]) => taken.has(name))) return 'planned';
  return values.every(([name, after]) => taken.get(name) === after)
    ? 'covered'
    : {
        title: titleOf(one),
        because: 'An earlier step changes the same value.',
        instead: 'Ask for it by itself afterwards, if it is still needed.',
      };
};

const sorted = (answered: readonly Answered[]): Sorted => {
  const planned: (Answered & { readonly plan: Plan })[] = [];
  const out: LeftOut[] = [];
  const taken = new Map<string, string>();
  for (const one of answered) {
    const notNeeded = planned.some(({ step }) => step.id === one.step.insteadOf);
    const place = notNeeded ? 'covered' : placeOf(one, taken);
    if (place === 'covered') continue;
    if (place !== 'planned') out.push(place);
    else if (one.plan.kind === 'plan') {
      planned.push({ ...one, plan: one.plan });
      for (const [name, after] of valuesOf(one)) taken.set(name, after);
    }
  }
  return { planned, leftOut: out };
};

/** The steps as they will run, and what is left out of them. */
export const plannedSteps = (
  playbook: Playbook,
  resources: readonly Resource[],
  answered: readonly Answered[],
): { readonly steps: readonly PlannedStep[]; readonly leftOut: readonly LeftOut[] } => {
  const { planned, leftOut: out } = sorted(answered);
  const fill = filler(resources);
  const keysOf = new Map<string, string[]>();
  const placed = (step: PlaybookStep, title: string, target?: Resource) => {
    const key = keyOf(playbook.id, step.id, target);
    const needs = (step.needs ?? []).flatMap((id) => keysOf.get(id) ?? []);
    keysOf.set(step.id, [...(keysOf.get(step.id) ?? []), key]);
    return { key, phase: step.phase, title, ...(needs.length > 0 ? { needs } : {}) };
  };
  /** What it stands on is not part of this run. */
  const groundless = (step: PlaybookStep): boolean =>
    (step.needs ?? []).some((id) => !keysOf.has(id));
  const steps = playbook.steps.flatMap((step): readonly PlannedStep[] => {
    if (groundless(step)) return [];
    switch (step.kind) {
      case 'action':
        return planned
          .filter((one) => one.step === step)
          .map((one) => ({
            kind: 'action',
            ...placed(step, titleOf(one), one.target),
            plan: one.plan,
          }));
      case 'manual':
        return [
          {
            kind: 'manual',
            ...placed(step, step.title),
            instructions: step.instructions.map(fill),
          },
        ];
      case 'check':
        return [{ kind: 'check', ...placed(step, step.title) }];
      default:
        return step satisfies never;
    }
  });
  return { steps, leftOut: out };
};

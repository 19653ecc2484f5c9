/** A small model of cases: what alerts, people and the clock do to them, and what has to become of them. */
import { type Severity, severities } from '../../src/findings/finding.ts';

/** `of`, `into`: ids of cases; `finding`: the canonical id of one. */
export type Deed =
  | { readonly does: 'alert'; readonly finding: string }
  | {
      readonly does: 'acknowledge' | 'unacknowledge' | 'snooze' | 'wake' | 'resolve' | 'reopen';
      readonly of: string;
      readonly by: string;
    }
  | { readonly does: 'assign'; readonly of: string; readonly by: string; readonly to: string }
  | { readonly does: 'merge'; readonly of: string; readonly into: string; readonly by: string }
  | { readonly does: 'split'; readonly of: string; readonly finding: string; readonly by: string };

export interface ModelCase {
  readonly id: string;
  findings: readonly string[];
  severity: Severity;
  acknowledged?: string | undefined;
  assignee?: string | undefined;
  snoozed: boolean;
  resolved: boolean;
  into?: string;
}

export interface Example {
  /** Its canonical id. */
  readonly id: string;
  /** The case that it opens or joins by itself. */
  readonly case: string;
  readonly severity: Severity;
}

export interface Model {
  /** In the order in which they were opened. */
  readonly cases: Map<string, ModelCase>;
  /** The case of each finding that came, by its canonical id. */
  readonly where: Map<string, string>;
}

export const copyOf = ({ cases, where }: Model): Model => ({
  cases: new Map([...cases].map(([id, one]) => [id, { ...one }])),
  where: new Map(where),
});

const isWorse = (a: Severity, b: Severity): boolean =>
  severities.indexOf(a) > severities.indexOf(b);
const isActive = ({ resolved, into }: ModelCase): boolean => !resolved && into === undefined;

export const goesOn = ({ cases }: Model, id: string): ModelCase | undefined => {
  const one = cases.get(id);
  return one?.into === undefined ? one : goesOn({ cases, where: new Map() }, one.into);
};

const has = (one: ModelCase, by: string): void => {
  one.acknowledged ??= by;
};

const alert = (model: Model, example: Example): void => {
  const home = model.where.get(example.id) ?? example.case;
  model.where.set(example.id, home);
  const one = goesOn(model, home);
  if (!one) {
    const { id, severity } = example;
    model.cases.set(home, {
      id: home,
      findings: [id],
      severity,
      snoozed: false,
      resolved: false,
    });
    return;
  }
  if (one.findings.includes(example.id)) return;
  one.findings = [...one.findings, example.id];
  if (one.resolved) {
    one.resolved = false;
    one.acknowledged = undefined;
  }
  if (!isWorse(example.severity, one.severity)) return;
  one.severity = example.severity;
  one.snoozed = false;
};

const merge = (from: ModelCase, into: ModelCase, by: string): void => {
  if (from === into || !isActive(from) || !isActive(into)) return;
  into.findings = [...new Set([...into.findings, ...from.findings])];
  if (!into.acknowledged && from.acknowledged && !isWorse(into.severity, from.severity)) {
    into.acknowledged = from.acknowledged;
    into.assignee ??= from.assignee;
  }
  if (isWorse(from.severity, into.severity)) into.severity = from.severity;
  has(from, by);
  from.into = into.id;
};

type Done<K extends Deed['does']> = (
  one: ModelCase,
  deed: Extract<Deed, { readonly does: K }>,
  model: Model,
) => void;

/** What is done to one case. */
const onOne: { readonly [K in Exclude<Deed['does'], 'alert' | 'split'>]: Done<K> } = {
  acknowledge(one, { by }) {
    has(one, by);
    one.assignee ??= by;
  },
  unacknowledge(one) {
    if (isActive(one)) one.acknowledged = undefined;
  },
  assign(one, { by, to }) {
    if (!isActive(one) || one.assignee === to) return;
    one.assignee = to;
    if (to === by) has(one, by);
  },
  snooze(one, { by }) {
    if (!isActive(one)) return;
    has(one, by);
    one.assignee ??= by;
    one.snoozed = true;
  },
  wake(one) {
    one.snoozed = false;
  },
  resolve(one, { by }) {
    if (!isActive(one)) return;
    has(one, by);
    one.resolved = true;
    one.snoozed = false;
  },
  reopen(one, { by }) {
    if (!one.resolved) return;
    one.resolved = false;
    one.acknowledged = by;
    one.assignee ??= by;
  },
  merge(one, deed, { cases }) {
    const into = cases.get(deed.into);
    if (into) merge(one, into, deed.by);
  },
};

const split = (
  model: Model,
  one: ModelCase,
  { finding, by, id, severity }: { finding: string; by: string; id: string; severity: Severity },
): void => {
  if (!isActive(one) || one.findings.length < 2 || !one.findings.includes(finding)) return;
  model.cases.set(id, {
    id,
    severity,
    findings: [finding],
    acknowledged: by,
    assignee: one.assignee === by ? undefined : one.assignee,
    snoozed: false,
    resolved: false,
  });
  model.where.set(finding, id);
  one.findings = one.findings.filter((other) => other !== finding);
};

/** `newId`: the case that a split makes, as the real one names it. */
export const carryOut = (
  model: Model,
  deed: Deed,
  examples: ReadonlyMap<string, Example>,
  newId: (finding: string) => string,
): void => {
  if (deed.does === 'alert') {
    alert(model, examples.get(deed.finding) as Example);
    return;
  }
  const one = model.cases.get(deed.of);
  if (!one) return;
  if (deed.does === 'split') {
    const { severity } = examples.get(deed.finding) as Example;
    split(model, one, { ...deed, id: newId(deed.finding), severity });
  } else (onOne[deed.does] as Done<typeof deed.does>)(one, deed as never, model);
};

/** What must be equal to the real cases: of a merged one only where it goes on. */
export const outcomeOf = (cases: Iterable<ModelCase>): readonly object[] =>
  [...cases]
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map(({ id, into, findings, severity, acknowledged, assignee, snoozed, resolved }) =>
      into === undefined
        ? {
            id,
            findings: findings.toSorted(),
            severity,
            acknowledged: acknowledged ?? 'nobody',
            assignee: assignee ?? 'nobody',
            snoozed,
            resolved,
          }
        : { id, into },
    );

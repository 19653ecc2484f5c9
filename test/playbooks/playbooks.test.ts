import { describe, expect, test } from 'vitest';
import { phases } from '../../src/actions/action.ts';
import { actionById, actions } from '../../src/actions/index.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { combine } from '../../src/playbooks/combined-plan.ts';
import { playbookById, playbookFor, playbooks } from '../../src/playbooks/index.ts';
import { type Answered, plannedSteps, wantedOf } from '../../src/playbooks/steps.ts';
import { planHash } from '../../src/requests/plan-hash.ts';
import { defaultRules } from '../../src/rules/index.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const key: Resource = {
  kind: 'access-key',
  id: 'AKIAIOSFODNN7EXAMPLE',
  user: untrusted('ci-deploy'),
  temporary: false,
  ...place,
};

describe.each(playbooks)('$title', (playbook) => {
  const ids = playbook.steps.map(({ id }) => id);

  test('names only actions and rules that exist', () => {
    for (const step of playbook.steps)
      if (step.kind === 'action') expect(actionById(step.action)).toBeDefined();
    for (const rule of playbook.applies.rules)
      expect(defaultRules.map(({ id }) => id)).toContain(rule);
  });

  test('names each step once, and as a condition only earlier ones', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const step of playbook.steps)
      for (const named of [step.needs ?? [], 'insteadOf' in step ? [step.insteadOf] : []].flat())
        expect(ids.slice(0, ids.indexOf(step.id))).toContain(named);
  });

  test('goes through its phases in order and fits on a button', () => {
    const places = playbook.steps.map(({ phase }) => phases.indexOf(phase));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(playbook.label.length).toBeLessThanOrEqual(30);
  });
});

test('every action says how to do it by hand', () => {
  for (const { id, byHand } of actions) expect(byHand.length, id).toBeGreaterThan(0);
});

describe('what a case recommends', () => {
  const situation = { rule: 'key-used-by-attacker', type: 'x', severity: 'HIGH' as const };

  test('follows the rule that decided, not the type', () => {
    expect(playbookFor({ ...situation, resources: [key] })?.id).toBe('stolen-access-key');
    expect(
      playbookFor({ ...situation, rule: 'key-exposed', type: 'A:IAMUser/b', resources: [key] })?.id,
    ).toBe('exposed-access-key');
  });

  test('follows the type where a rule of your own decided', () => {
    const mine = { ...situation, rule: 'mine', resources: [key] };
    expect(playbookFor({ ...mine, type: 'PrivilegeEscalation:IAMUser/Anomalous' })?.id).toBe(
      'privilege-escalation',
    );
    expect(playbookFor({ ...mine, type: 'Something' })).toBeUndefined();
  });

  test('is nothing below its severity or without a resource of its kind', () => {
    expect(playbookFor({ ...situation, severity: 'LOW', resources: [key] })).toBeUndefined();
    expect(playbookFor({ ...situation, resources: [] })).toBeUndefined();
  });
});

const stolen = playbookById('stolen-access-key');
if (!stolen) throw new Error('there is no such playbook');
const wanted = wantedOf(stolen, [key]);
const refusal = {
  kind: 'refusal' as const,
  code: 'exempt' as const,
  because: 'It carries the tag.',
  instead: 'Ask its owner.',
};
const planOf = ({ action, target }: (typeof wanted)[number]): Answered['plan'] => ({
  kind: 'plan',
  action: action.id,
  target,
  summary: 'does it',
  changes: [],
  cannot: ['It does not stop sessions.'],
  blastRadius: { class: 'this resource only', lines: [] },
  reversible: { kind: 'yes' },
  tier: action.tier,
});
const whole = (answered: readonly Answered[]) =>
  combine({
    id: stolen.id,
    title: stolen.title,
    target: key,
    ...plannedSteps(stolen, [key], answered),
  });
describe('the plan of the whole', () => {
  test('derives the user from the key, and the key itself', () => {
    expect(wanted.map(({ action, target }) => [action.id, target.id])).toEqual([
      ['contain-user', 'ci-deploy'],
      ['deactivate-access-key', 'AKIAIOSFODNN7EXAMPLE'],
    ]);
  });

  test('names what is refused and leaves it out; the highest tier of the rest counts', () => {
    const plan = whole(
      wanted.map((one) => ({
        ...one,
        plan: one.action.id === 'contain-user' ? refusal : planOf(one),
      })),
    );
    expect(plan.kind).toBe('plan');
    if (plan.kind !== 'plan') return;
    expect(plan.tier).toBe(1);
    expect(plan.cannot[0]).toBe(
      'Left out – Contain IAM user: ci-deploy: It carries the tag. Ask its owner.',
    );
    expect(plan.playbook?.steps.map(({ title }) => title)[0]).toBe(
      'Deactivate access key: AKIAIOSFODNN7EXAMPLE',
    );
  });

  test('refuses where every action is refused', () => {
    expect(whole(wanted.map((one) => ({ ...one, plan: refusal })))).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
    });
    expect(
      whole(
        wanted.map((one) => ({ ...one, plan: { ...refusal, code: 'already-contained' as const } })),
      ),
    ).toMatchObject({ kind: 'refusal', code: 'already-contained' });
  });
});

describe('what people consent to', () => {
  test('is another one for the hash when a step or an instruction differs', () => {
    const plan = whole(wanted.map((one) => ({ ...one, plan: planOf(one) })));
    if (plan.kind !== 'plan' || !plan.playbook) throw new Error('there is no plan');
    const [, ...rest] = plan.playbook.steps;
    expect(planHash({ ...plan, playbook: { ...plan.playbook, steps: rest } })).not.toBe(
      planHash(plan),
    );
  });

  test('fills instructions with plain names only', () => {
    const named = (user: string) =>
      plannedSteps(stolen, [{ kind: 'user', id: user, ...place }], [])
        .steps.flatMap((step) => (step.kind === 'manual' ? step.instructions : []))
        .join(' ');
    expect(named('ci-deploy')).toContain('--user-name ci-deploy');
    expect(named('a; rm -rf /')).not.toContain('rm -rf');
  });
});

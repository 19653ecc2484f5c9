import { describe, expect, it } from 'vitest';
import { type Finding, type Severity, severities, untrusted } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { type DecideSettings, decide, firstMatch } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { defineRule, type Rule } from '../../src/rules/rule.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const settings: DecideSettings = {
  rules: defaultRules,
  channel: 'C0SECURITY',
  severity: { card: 'MEDIUM', mention: 'HIGH' },
};

const finding = (name: string, change: Partial<Finding> = {}): Finding => {
  const found = parse(readEvent(name));
  if (found.kind === 'ignored') throw new Error(found.because);
  return { ...found, ...change };
};

const rule = (id: string, when: Rule['when'], change: Partial<Rule> = {}): Rule =>
  defineRule({
    id,
    title: `Title of ${id}`,
    attack: [],
    when,
    atRisk: 'Everything.',
    actions: ['suppress-finding'],
    because: 'It is a test.',
    examples: [],
    ...change,
  });

describe('a finding that a rule knows', () => {
  it('becomes a card in the words of the rule', () => {
    const found = finding('guardduty-ec2-c2');
    expect(decide(found, settings)).toEqual({
      kind: 'card',
      rule: 'control-server',
      title: "Server is talking to an attacker's control server",
      severity: 'HIGH',
      channel: 'C0SECURITY',
      mention: true,
      actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
      atRisk: 'An attacker can run commands on the server and reach whatever it reaches.',
      attack: ['T1071', 'T1568.002'],
      runbook: expect.stringMatching(/EC2_Forensics\.md$/),
      groupKey: 'instance/123456789012/eu-west-1/i-0a1b2c3d4e5f60718',
      because: 'It contacts addresses or names that only malware uses.',
    });
  });

  it('goes to the first of two rules that match', () => {
    const rules = [rule('one', () => false), rule('two', () => true), rule('three', () => true)];
    expect(decide(finding('guardduty-ec2-c2'), { ...settings, rules }).rule).toBe('two');
  });

  it('has the severity of the rule where it names one', () => {
    expect(decide(finding('guardduty-root'), settings)).toMatchObject({
      kind: 'card',
      rule: 'root-user',
      severity: 'HIGH',
    });
  });

  it('carries the runbook of the rule', () => {
    const rules = [rule('one', () => true, { runbook: 'https://runbooks.example/one' })];
    expect(decide(finding('guardduty-ec2-c2'), { ...settings, rules })).toMatchObject({
      runbook: 'https://runbooks.example/one',
    });
  });
});

describe('a finding that no rule knows', () => {
  it('is still a card, under its own shortened title', () => {
    const decision = decide(finding('guardduty-ec2-c2'), { ...settings, rules: [] });
    expect(decision).toMatchObject({
      kind: 'card',
      rule: 'no-rule',
      title: 'EC2 instance i-0a1b2c3d4e5f60718 is communicating with a…',
      actions: ['suppress-finding'],
      because: 'No rule knows this type; everything from MEDIUM up is shown.',
    });
  });

  it.each([
    ['', 'New:Thing/X', 'New:Thing/X'],
    ['  two\n lines ', 'T', 'two lines'],
    ['', '', 'Finding without a title'],
    ['x'.repeat(200), 'T', `${'x'.repeat(59)}…`],
  ])('of title %j and type %j is called %j', (title, type, expected) => {
    const found = finding('guardduty-ec2-c2', { title: untrusted(title), type });
    expect(decide(found, { ...settings, rules: [] })).toMatchObject({ title: expected });
  });

  it('never has a title that is too long, wherever it is cut', () => {
    for (let length = 55; length < 70; length += 1) {
      const title = untrusted(`${'x'.repeat(length)}😀😀 y`);
      const decision = decide(finding('guardduty-ec2-c2', { title }), { ...settings, rules: [] });
      if (decision.kind === 'drop') throw new Error(decision.because);
      expect(decision.title.length).toBeLessThanOrEqual(60);
      expect(decision.title).not.toMatch(/\p{Cs}/u);
    }
  });
});

describe('a rule that throws', () => {
  const broken = rule('broken', () => {
    throw new Error('no such field');
  });

  it('does not cost the finding: the next rule is asked, and the card says so', () => {
    const rules = [broken, rule('two', () => true)];
    expect(decide(finding('guardduty-ec2-c2'), { ...settings, rules })).toMatchObject({
      kind: 'card',
      rule: 'two',
      because: 'It is a test. Rule broken could not be evaluated.',
    });
  });

  it('is told apart from one that does not match', () => {
    const rules = [
      broken,
      rule('one', () => false),
      rule('two', () => true),
      rule('three', () => true),
    ];
    expect(firstMatch(finding('guardduty-ec2-c2'), rules).asked).toEqual([
      { id: 'broken', answer: 'failed' },
      { id: 'one', answer: 'no match' },
      { id: 'two', answer: 'matched' },
    ]);
  });
});

describe('what is dropped and who is mentioned', () => {
  it('shows what GuardDuty has archived quietly, whatever its severity', () => {
    const found = finding('guardduty-attack-sequence', { archived: true });
    const decision = decide(found, settings);
    expect(decision).toMatchObject({ kind: 'card', rule: 'attack-sequence', mention: false });
    expect(decision.because).toContain('already archived in GuardDuty');
  });

  it('drops the findings of a source that is switched off, and says how to switch it on', () => {
    const found = finding('guardduty-ec2-c2', {});
    expect(decide(found, { ...settings, sources: ['macie'] })).toEqual({
      kind: 'drop',
      rule: 'control-server',
      because: "GuardDuty is switched off: add 'guardduty' to `sources` in cordon.config.ts",
    });
  });

  const table = severities.flatMap((severity) =>
    severities.map((floor): readonly [Severity, Severity] => [severity, floor]),
  );

  it.each(table)('decides %s with a floor of %s', (severity, floor) => {
    const found = finding('guardduty-ec2-c2', { severity });
    const reached = severities.indexOf(severity) >= severities.indexOf(floor);
    const card = decide(found, { ...settings, severity: { card: floor, mention: 'CRITICAL' } });
    expect(card.kind).toBe(reached ? 'card' : 'drop');
    if (!reached) expect(card.because).toBe(`${severity} is below ${floor}, the least for a card`);
    const all = { ...settings, severity: { card: 'INFORMATIONAL', mention: floor } } as const;
    expect(decide(found, all)).toMatchObject({ kind: 'card', mention: reached });
  });

  it('mentions nobody for a sample', () => {
    expect(decide(finding('guardduty-ec2-c2', { sample: true }), settings)).toMatchObject({
      kind: 'card',
      mention: false,
    });
  });
});

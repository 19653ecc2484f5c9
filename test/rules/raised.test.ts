import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Severity, type Source, severities, sources } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { at } from '../../src/findings/read.ts';
import { decide } from '../../src/rules/decide.ts';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { eventPatterns } from '../../src/rules/event-patterns.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { defineRule, type Raised, type Rule } from '../../src/rules/rule.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

interface Settings {
  readonly card: Severity;
  readonly digest: Severity;
  readonly rules: readonly Rule[];
}

const delivered = ({ card, digest, rules }: Settings, event: unknown): boolean =>
  eventPatterns({ severity: { card, digest }, rules }).some(({ pattern }) =>
    matches(compilePattern(pattern), event),
  );

/** Whether anything is told or changed because of the event. */
const matters = ({ card, digest, rules }: Settings, event: unknown): boolean => {
  const found = parse(event);
  if (found.kind === 'ignored') return false;
  const decision = decide(found, {
    rules,
    channel: 'C0SECURITY',
    severity: { card, digest, mention: 'HIGH' },
  });
  return decision.kind !== 'drop';
};

/** The event with one field of its detail, or of its only finding, set to something else. */
const changed = (event: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(event)) return event.map((item) => changed(item, path, value));
  const inner = typeof event === 'object' && event !== null ? event : {};
  return { ...inner, [key]: changed(Reflect.get(inner, key), rest, value) };
};

/** Where each source has its severity. */
const severityPaths: { readonly [detailType: string]: readonly (readonly string[])[] } = {
  'GuardDuty Finding': [['detail', 'severity']],
  'Security Hub Findings - Imported': [
    ['detail', 'findings', 'Severity', 'Label'],
    ['detail', 'findings', 'Severity', 'Normalized'],
    ['detail', 'findings', 'Severity'],
  ],
  'Findings Imported V2': [
    ['detail', 'findings', 'severity_id'],
    ['detail', 'findings', 'severity'],
  ],
  'Inspector2 Finding': [['detail', 'severity']],
  'Macie Finding': [['detail', 'severity', 'description']],
};

const anySeverity = fc.oneof(
  fc.constantFrom(...severities, 'Low', 'Medium', 'High', 'UNTRIAGED', '', 'SEVERE', '8', '0'),
  fc.integer({ min: -1, max: 100 }),
  fc.constantFrom(0.5, 3.9, 6.9, 8.9, null, undefined, true),
);

/** One of the examples, perhaps with another severity than its service gave it. */
const anyEvent = fc
  .tuple(fc.constantFrom(...eventNames), fc.nat(), anySeverity, fc.boolean())
  .map(([name, pick, severity, change]) => {
    const event = readEvent(name);
    const paths = severityPaths[String(at(event, 'detail-type'))] ?? [];
    const path = paths[pick % Math.max(paths.length, 1)];
    return change && path ? changed(event, path, severity) : event;
  });

const anyFloor = fc.constantFrom(...severities);

const typesSeen: { readonly [S in Source]?: readonly string[] } = Object.fromEntries(
  sources.map((source) => [
    source,
    eventNames.flatMap((name) => {
      const found = parse(readEvent(name));
      return found.kind === 'finding' && found.source === source ? [found.type] : [];
    }),
  ]),
);

/** A rule that matches exactly what it says that it raises. */
const ruleFor = (raised: Raised): Rule =>
  defineRule({
    id: 'raised',
    title: 'Raised',
    attack: [],
    when: ({ source, type }) =>
      source === raised.source &&
      (raised.types === undefined || raised.types.some((wanted) => fits(wanted, type))),
    severity: 'CRITICAL',
    raises: [raised],
    atRisk: 'Everything.',
    actions: ['suppress-finding'],
    because: 'It is a test.',
    examples: [],
  });

const fits = (wanted: string, type: string): boolean => {
  const parts = wanted.split('*').map((part) => part.replaceAll(/[^\w\s]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(type);
};

const anyRaised = fc
  .tuple(fc.constantFrom(...sources), fc.nat(), fc.constantFrom('all', 'exact', 'begin', 'end'))
  .map(([source, pick, how]): Raised => {
    const types = typesSeen[source] ?? [];
    const type = types[pick % Math.max(types.length, 1)];
    if (how === 'all' || type === undefined) return { source };
    const half = Math.floor(type.length / 2);
    if (how === 'begin') return { source, types: [`${type.slice(0, half)}*`] };
    return { source, types: [how === 'exact' ? type : `*${type.slice(half)}`] };
  });

describe('no rule can match an event that the patterns drop', () => {
  it('of the built-in rules, whatever the severity in the event and in the settings', () => {
    const property = fc.property(anyEvent, anyFloor, anyFloor, (event, card, digest) => {
      const settings = { card, digest, rules: defaultRules };
      expect(!matters(settings, event) || delivered(settings, event)).toBe(true);
    });
    fc.assert(property, { numRuns: 1_500 });
  });

  it("of anybody's own rules that raise and say what", () => {
    const property = fc.property(anyEvent, anyFloor, anyRaised, (event, card, raised) => {
      const settings = { card, digest: card, rules: [ruleFor(raised), ...defaultRules] };
      expect(!matters(settings, event) || delivered(settings, event)).toBe(true);
    });
    fc.assert(property, { numRuns: 1_500 });
  });

  it('of a rule that raises and does not say what', () => {
    const { raises: _, ...silent } = ruleFor({ source: 'guardduty' });
    const everything = defineRule({ ...silent, when: () => true });
    const property = fc.property(anyEvent, anyFloor, (event, card) => {
      const settings = { card, digest: card, rules: [everything] };
      expect(!matters(settings, event) || delivered(settings, event)).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

/** Found by the properties above. */
describe('what was lost once is delivered', () => {
  const sample = 'securityhub-access-key-sample';
  it.each<[string, readonly string[], unknown, Severity]>([
    ['guardduty-s3-exfiltration', ['detail', 'severity'], 0.5, 'LOW'],
    [sample, ['detail', 'findings', 'Severity'], { Normalized: null }, 'MEDIUM'],
    [sample, ['detail', 'findings', 'Severity'], { Normalized: -1 }, 'INFORMATIONAL'],
    [sample, ['detail', 'findings', 'Severity'], { Normalized: '90' }, 'CRITICAL'],
  ])('%s with %j set to %j from %s on', (name, path, value, card) => {
    const event = changed(readEvent(name), path, value);
    const settings = { card, digest: card, rules: defaultRules };
    expect(matters(settings, event)).toBe(true);
    expect(delivered(settings, event)).toBe(true);
  });
});

describe('what a rule raises', () => {
  const low = readEvent('guardduty-trail-stopped');
  const strict = { card: 'HIGH', digest: 'HIGH' } as const;

  it('is delivered below the floor, directly and through Security Hub', () => {
    for (const name of [
      'guardduty-trail-stopped',
      'securityhub-guardduty-trail-stopped',
      'securityhub-ocsf-trail-stopped',
    ]) {
      expect(delivered({ ...strict, rules: defaultRules }, readEvent(name)), name).toBe(true);
      expect(delivered({ ...strict, rules: [] }, readEvent(name)), name).toBe(false);
    }
  });

  it('is not delivered when it is raised to less than the floor', () => {
    expect(delivered({ card: 'CRITICAL', digest: 'CRITICAL', rules: defaultRules }, low)).toBe(
      false,
    );
  });

  it('by its detail lets through what has that, and nothing else', () => {
    const rootReads = {
      ...strict,
      rules: defaultRules.filter(({ id }) => id === 'root-user'),
    };
    const by = (userType: string) =>
      changed(
        changed(low, ['detail', 'type'], 'Recon:IAMUser/X'),
        ['detail', 'resource', 'accessKeyDetails', 'userType'],
        userType,
      );
    expect(delivered(rootReads, by('Root'))).toBe(true);
    expect(delivered(rootReads, by('IAMUser'))).toBe(false);
  });

  it('stays within what EventBridge takes, however many types it names', () => {
    const types = Array.from({ length: 60 }, (_, n) => `Backdoor:EC2/${'x'.repeat(60)}${n}`);
    const rule = defineRule({
      id: 'many',
      title: 'Many',
      attack: [],
      when: () => true,
      severity: 'CRITICAL',
      raises: [{ source: 'guardduty', types }],
      atRisk: 'Everything.',
      actions: ['suppress-finding'],
      because: 'It is a test.',
      examples: [],
    });
    const patterns = eventPatterns({ severity: { card: 'HIGH' }, rules: [rule] });
    for (const { pattern } of patterns)
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(4_096);
    expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
  });
});

describe('what is over', () => {
  it.each(['securityhub-control-passed', 'securityhub-ocsf-control-passed'])(
    '%s is delivered though it is INFORMATIONAL, for a card may wait for it',
    (name) => {
      const event = readEvent(name);
      for (const card of severities)
        expect(delivered({ card, digest: card, rules: defaultRules }, event), card).toBe(true);
    },
  );

  it('and below the floor opens nothing, and says that it is over', () => {
    const found = parse(readEvent('securityhub-control-passed'));
    if (found.kind === 'ignored') throw new Error(found.because);
    const severity = { card: 'MEDIUM', digest: 'LOW', mention: 'HIGH' } as const;
    expect(decide(found, { rules: defaultRules, channel: 'C1', severity })).toEqual({
      kind: 'drop',
      rule: 'bucket-unguarded',
      because: 'INFORMATIONAL is below LOW, the least for the digest',
      over: true,
    });
  });
});

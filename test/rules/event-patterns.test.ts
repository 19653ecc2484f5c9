import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atLeast, type Severity, severities } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { at, text } from '../../src/findings/read.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { decide } from '../../src/rules/decide.ts';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { eventPatterns } from '../../src/rules/event-patterns.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

const patternsFor = (card: Severity) => eventPatterns({ severity: { card }, rules: defaultRules });

const delivered = (card: Severity, event: unknown): boolean =>
  patternsFor(card).some(({ pattern }) => matches(compilePattern(pattern), event));

const guardDuty = (severity: unknown) => ({
  version: '0',
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  account: '123456789012',
  detail: { severity, type: 'UnauthorizedAccess:EC2/SSHBruteForce' },
});

describe.each(severities)('the deployed patterns when cards start at %s', (card) => {
  it('fit into the 4,096 characters that EventBridge takes', () => {
    for (const { pattern } of patternsFor(card)) {
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(4096);
    }
  });

  it('compile, and each has a name of its own that EventBridge takes', () => {
    const patterns = patternsFor(card);
    for (const { name, pattern } of patterns) {
      expect(() => compilePattern(pattern)).not.toThrow();
      expect(name).toMatch(/^[\w.-]{1,64}$/);
    }
    expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
  });
});

describe('GuardDuty findings', () => {
  it.each<[Severity, number, boolean]>([
    ['INFORMATIONAL', 1, true],
    ['LOW', 1, true],
    ['LOW', 0.9, true],
    ['MEDIUM', 4, true],
    ['MEDIUM', 3.9, false],
    ['HIGH', 7, true],
    ['HIGH', 6.9, false],
    ['CRITICAL', 9, true],
    ['CRITICAL', 8.9, false],
    ['HIGH', 9.5, true],
  ])('from %s on, a severity of %d is delivered: %s', (card, severity, expected) => {
    expect(delivered(card, guardDuty(severity))).toBe(expected);
  });

  it.each<[string, object]>([
    ['of another source', { ...guardDuty(8), source: 'aws.guardduty.test' }],
    ['of another detail-type', { ...guardDuty(8), 'detail-type': 'GuardDuty Coverage' }],
  ])('an event %s is not delivered', (_name, event) => {
    expect(delivered('LOW', event)).toBe(false);
  });

  it.each<[string, unknown, boolean]>([
    ['the digits of one as text', '8', true],
    ['none', undefined, false],
    ['null', null, false],
    ['a word', 'high', true],
  ])(
    'with %s for a severity are read by the parser, so they are delivered',
    (_, severity, high) => {
      expect(delivered('MEDIUM', guardDuty(severity))).toBe(true);
      expect(delivered('HIGH', guardDuty(severity))).toBe(high);
    },
  );
});

/** Whether the event becomes a card when cards start at this severity, or ends one. */
const isCard = (card: Severity, event: unknown): boolean => {
  const found = parse(event);
  const settings = { rules: defaultRules, channel: 'C1', severity: { card, mention: card } };
  return found.kind === 'finding' && decide(found, settings).kind === 'card';
};

describe.each(severities)('what becomes a card from %s on is delivered', (card) => {
  it('of every example here', () => {
    const lost = eventNames.filter((name) => {
      const event = readEvent(name);
      return isCard(card, event) && !delivered(card, event);
    });
    expect(lost).toEqual([]);
  });

  it('of every example of every rule', () => {
    const lost = defaultRules.flatMap((rule) =>
      rule.examples
        .filter(({ event }) => isCard(card, event) && !delivered(card, event))
        .map(({ name }) => `${rule.id}: ${name}`),
    );
    expect(lost).toEqual([]);
  });
});

/** One event of each kind with its derived severity. */
describe('a floor drops at the source', () => {
  it.each<[string, Severity]>([
    ['securityhub-guardduty', 'HIGH'],
    ['securityhub-access-key-sample', 'MEDIUM'],
    ['securityhub-ocsf-guardduty', 'HIGH'],
    ['access-analyzer-public', 'HIGH'],
    ['access-analyzer-external', 'MEDIUM'],
    ['access-analyzer-internal', 'LOW'],
    ['access-analyzer-unused', 'LOW'],
    ['inspector2-instance', 'HIGH'],
    ['inspector2-lambda', 'MEDIUM'],
    ['macie-sensitive-data', 'HIGH'],
    ['config-non-compliant', 'MEDIUM'],
    ['config-compliant-again', 'MEDIUM'],
    ['health-credentials-exposed', 'CRITICAL'],
    ['health-abuse', 'HIGH'],
    ['cloudtrail-stop-logging', 'HIGH'],
    ['cloudtrail-create-access-key', 'MEDIUM'],
    ['cloudtrail-root-sign-in', 'HIGH'],
    ['cloudtrail-sign-in-without-mfa', 'MEDIUM'],
  ])('%s above %s', (name, severity) => {
    for (const card of severities)
      expect(delivered(card, readEvent(name)), card).toBe(atLeast(severity, card));
  });

  it.each([
    'securityhub-insight-results',
    'access-analyzer-preview',
    'inspector2-scan',
    'config-compliant',
    'health-maintenance',
    'cloudtrail-describe',
    'guardduty-malware-scan-result',
  ])('%s always', (name) => {
    expect(delivered('INFORMATIONAL', readEvent(name))).toBe(false);
  });
});

describe('words that AWS may add', () => {
  const finding = (source: string, detailType: string, detail: object) => ({
    source,
    'detail-type': detailType,
    detail,
  });

  it.each([
    finding('aws.inspector2', 'Inspector2 Finding', { severity: 'TOMORROW' }),
    finding('aws.macie', 'Macie Finding', { severity: { description: 'Severe' } }),
    finding('aws.securityhub', 'Security Hub Findings - Imported', {
      findings: [{ Severity: { Label: 'SEVERE' } }],
    }),
    finding('aws.securityhub', 'Security Hub Findings - Imported', {
      findings: [{ Severity: { Normalized: 95 } }],
    }),
    finding('aws.securityhub', 'Findings Imported V2', { findings: [{ severity_id: 99 }] }),
  ])('are delivered: %j', (event) => {
    expect(delivered('CRITICAL', event)).toBe(true);
  });
});

const shared = process.env['CORDON_SHARED'];

describe.runIf(shared)('the corpus of third-party events', () => {
  const folder = join(shared ?? '', 'corpus');
  const files = shared
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.json'))
    : [];

  it.each(severities)('loses no card from %s on', (card) => {
    const lost = files.filter((file) => {
      const event = wrap(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      // EventBridge sends camelCase from sources of AWS; the rest is nothing that it delivers.
      const real =
        text(at(event, 'source')).startsWith('aws.') &&
        !Object.hasOwn(Object(at(event, 'detail')), 'Type');
      return real && isCard(card, event) && !delivered(card, event);
    });
    expect(lost).toEqual([]);
  });
});

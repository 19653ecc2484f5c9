import { describe, expect, it } from 'vitest';
import { type Severity, severities } from '../../src/findings/finding.ts';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { eventPatterns } from '../../src/rules/event-patterns.ts';

const patternsFor = (card: Severity) => eventPatterns({ severity: { card } });

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
    ['LOW', 0.9, false],
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
    ['with its severity as text', guardDuty('8')],
    ['without a severity', guardDuty(undefined)],
    ['of another source', { ...guardDuty(8), source: 'aws.guardduty.test' }],
    ['of another detail-type', { ...guardDuty(8), 'detail-type': 'GuardDuty Coverage' }],
  ])('an event %s is not delivered', (_name, event) => {
    expect(delivered('LOW', event)).toBe(false);
  });
});

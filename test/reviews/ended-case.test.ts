import { describe, expect, test } from 'vitest';
import { type EndedCase, endedCase, monthFacts } from '../../src/reviews/ended-case.ts';
import { record, theCase } from './example-record.ts';

const minute = 60_000;

test('a closed case is one line of its month, an open one is none', () => {
  expect(endedCase(record, { entry: 'isolate', verdict: 'same' })).toEqual({
    id: theCase.id,
    openedAt: theCase.openedAt,
    severity: 'HIGH',
    rule: 'control-server',
    classification: 'true-positive',
    acknowledgedMs: 5 * minute,
    containedMs: 10 * minute,
    resolvedMs: 30 * minute,
    shadow: { entry: 'isolate', verdict: 'same' },
  });
  const { resolved: _, ...open } = theCase;
  expect(endedCase({ ...record, theCase: open }, undefined)).toBeUndefined();
});

/** Rule, severity, what it was, and minutes until acknowledged, contained and resolved. */
const rows: readonly (readonly [
  string,
  EndedCase['severity'],
  EndedCase['classification'],
  number | undefined,
  number | undefined,
  number,
])[] = [
  ['mining', 'HIGH', 'true-positive', 2, 20, 100],
  ['mining', 'HIGH', 'true-positive', 4, 90, 200],
  ['mining', 'CRITICAL', 'true-positive', 10, 30, 60],
  ['scan', 'MEDIUM', 'false-positive', undefined, undefined, 10],
  ['scan', 'MEDIUM', 'false-positive', 600, undefined, 20],
  ['scan', 'MEDIUM', 'benign', undefined, undefined, 30],
];

const cases = rows.map(
  ([rule, severity, classification, acknowledged, contained, resolved], n): EndedCase => ({
    id: `C${n}`,
    openedAt: '2026-11-22T09:00:00.000Z',
    severity,
    rule,
    classification,
    ...(acknowledged === undefined ? {} : { acknowledgedMs: acknowledged * minute }),
    ...(contained === undefined ? {} : { containedMs: contained * minute }),
    resolvedMs: resolved * minute,
    ...(n < 2 ? { shadow: { entry: 'mine', verdict: n === 0 ? 'same' : 'nothing' } as const } : {}),
  }),
);

describe('a month equals what the table gives by hand', () => {
  const facts = monthFacts(cases, {
    acknowledge: { CRITICAL: 5 * minute, HIGH: 15 * minute },
    contain: 60 * minute,
    resolve: 90 * minute,
  });
  const inMinutes = (times: (typeof facts)['toResolve']) =>
    times && [times.count, times.median / minute, times.p90 / minute, times.late];

  test.each([
    [
      'acknowledge: 2, 4, 10, 600; the CRITICAL one is late',
      inMinutes(facts.toAcknowledge),
      [4, 4, 600, 1],
    ],
    ['contain: 20, 30, 90; one is late', inMinutes(facts.toContain), [3, 30, 90, 1]],
    [
      'resolve: 10, 20, 30, 60, 100, 200; two are late',
      inMinutes(facts.toResolve),
      [6, 30, 200, 2],
    ],
    ['severities', facts.bySeverity, { HIGH: 2, CRITICAL: 1, MEDIUM: 3 }],
    [
      'what they were',
      facts.byClassification,
      { 'true-positive': 3, 'false-positive': 2, benign: 1 },
    ],
    [
      'rules, the most wrong first',
      facts.rules,
      [
        { rule: 'scan', cases: 3, falsePositives: 2, benign: 1 },
        { rule: 'mining', cases: 3, falsePositives: 0, benign: 0 },
      ],
    ],
    [
      'agreement in shadow',
      facts.shadow.map(({ entry, agreement }) => [entry, agreement]),
      [['mine', 0.5]],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

test('a month without cases has no times', () => {
  expect(monthFacts([], record.within)).toMatchObject({
    cases: 0,
    toContain: undefined,
    rules: [],
  });
});

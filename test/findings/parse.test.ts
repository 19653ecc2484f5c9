import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

describe('events of services that are not read yet', () => {
  it.each([
    ['aws.securityhub', 'Security Hub Findings - Imported', 'securityhub-asff'],
    ['aws.securityhub', 'Security Hub Insight Results', 'securityhub-asff'],
    ['aws.securityhub', 'Something New', 'securityhub-asff'],
    ['aws.securityhub', 'Findings Imported V2', 'securityhub-ocsf'],
    ['aws.access-analyzer', 'Unused Access Finding for IAM entities', 'accessanalyzer'],
    ['aws.inspector2', 'Inspector2 Scan', 'inspector2'],
    ['aws.macie', 'Macie Finding', 'macie'],
    ['aws.config', 'Config Rules Compliance Change', 'config'],
    ['aws.health', 'AWS Health Abuse Event', 'health'],
    ['example.mock', 'AWS Health Event', 'health'],
    ['aws.guardduty', 'AWS API Call via CloudTrail', 'cloudtrail'],
    ['aws.signin', 'AWS Console Sign In via CloudTrail', 'cloudtrail'],
  ])('ignores %s, %s as %s', (source, detailType, expected) => {
    expect(parse({ id: 'e-1', source, 'detail-type': detailType, detail: {} })).toEqual({
      kind: 'ignored',
      source: expected,
      type: detailType,
      because: expect.stringMatching(/are not read yet$/),
      eventId: 'e-1',
    });
  });

  it('tells the service by name', () => {
    expect(
      parse({ source: 'aws.securityhub', 'detail-type': 'Security Hub Findings - Imported' }),
    ).toMatchObject({ because: 'Security Hub (ASFF) findings are not read yet' });
  });

  it.each([null, 7, 'text', [], {}, { source: 'aws.ec2', 'detail-type': 'EC2 State-change' }])(
    'ignores %j as unknown',
    (event) => {
      expect(parse(event)).toMatchObject({ kind: 'ignored', source: 'unknown' });
    },
  );

  it('gives an event without id one that only the same content has', () => {
    const one = parse({ 'detail-type': 'Macie Finding', detail: { a: 1, b: 2 } });
    const same = parse({ detail: { b: 2, a: 1 }, 'detail-type': 'Macie Finding' });
    const other = parse({ 'detail-type': 'Macie Finding', detail: { a: 1, b: 3 } });
    expect(same.eventId).toBe(one.eventId);
    expect(other.eventId).not.toBe(one.eventId);
  });
});

/** Everything that a finding can hold at most, in characters of JSON. */
const largest = 200_000;

const expectBounded = (json: unknown): void => {
  const found = parse(wrap(json));
  expect(JSON.stringify(found).length).toBeLessThan(largest);
  if (found.kind === 'ignored') return;
  expect(found.title.length).toBeLessThanOrEqual(2_000);
  expect(found.description.length).toBeLessThanOrEqual(2_000);
  expect(found.resources.length).toBeLessThanOrEqual(20);
  expect(found.resources.at(-1)?.kind).toBe('finding');
  expect(found.actors.length).toBeLessThanOrEqual(20);
  expect(found.facts.length).toBeLessThanOrEqual(3);
  expect(found.canonicalId).not.toBe('');
  expect(found.canonicalId.length).toBeLessThanOrEqual(240);
  expect(Number.isSafeInteger(found.count) && found.count >= 1).toBe(true);
  for (const time of [found.firstSeen, found.lastSeen, found.updatedAt])
    expect(new Date(time).toISOString()).toBe(time);
};

/** Every place in a JSON value: the path of keys to it. */
const paths = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, below]) => paths(below, [...path, key]))]
    : [path];

const absent = Symbol('absent');

/** The value with what lies at the path replaced, or deleted. */
const replaced = (value: unknown, path: readonly string[], by: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return by === absent ? undefined : by;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, below]) => {
    const next = name === key ? replaced(below, rest, by) : below;
    return next === undefined ? [] : [[name, next] as const];
  });
  return Array.isArray(value) ? entries.map(([, below]) => below) : Object.fromEntries(entries);
};

const nested = (depth: number): unknown =>
  JSON.parse(`${'{"detail":['.repeat(depth)}1${']}'.repeat(depth)}`);

const hostile: readonly (readonly [what: string, value: unknown])[] = [
  ['deleted', absent],
  ['null', null],
  ['a number', 1e308],
  ['a negative number', -1],
  ['true', true],
  ['an empty text', ''],
  ['a huge text', '<!channel>\u202e😀'.repeat(20_000)],
  ['a huge list', Array.from({ length: 5_000 }, (_, index) => ({ id: `${index}`, name: 'x' }))],
  ['an object that shadows', JSON.parse('{"__proto__":{"type":"x"},"constructor":1,"toString":2}')],
];

describe('parse is total and bounded', () => {
  it('for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), expectBounded), { numRuns: 300 });
  });

  it('for any detail of a GuardDuty finding', () => {
    const detail = fc.record(
      { type: fc.string(), service: fc.jsonValue(), resource: fc.jsonValue(), id: fc.jsonValue() },
      { requiredKeys: ['type'] },
    );
    const property = fc.property(detail, (value) =>
      expectBounded({ 'detail-type': 'GuardDuty Finding', detail: value }),
    );
    fc.assert(property, { numRuns: 300 });
  });

  it.each(hostile)('for every real event with any one field %s', (_, value) => {
    for (const name of eventNames) {
      const event = readEvent(name);
      for (const path of paths(event)) expectBounded(replaced(event, path, value));
    }
  });

  it('for JSON nested fifty thousand levels deep, bare or as a detail', () => {
    expectBounded(nested(50_000));
    expectBounded({
      'detail-type': 'GuardDuty Finding',
      detail: { type: 'T', service: nested(50_000) },
    });
  });

  it('gives the same answer for the same event', () => {
    for (const name of eventNames) expect(parse(readEvent(name))).toEqual(parse(readEvent(name)));
  });
});

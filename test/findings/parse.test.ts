import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostBytes } from '../../src/findings/bounds.ts';
import { parse } from '../../src/findings/parse.ts';
import { at, jsonBytes } from '../../src/findings/read.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

describe('whose event it is', () => {
  it.each([
    ['aws.securityhub', 'Security Hub Findings - Imported', 'securityhub-asff'],
    ['aws.securityhub', 'Security Hub Insight Results', 'securityhub-asff'],
    ['aws.securityhub', 'Something New', 'securityhub-asff'],
    ['aws.securityhub', 'Findings Imported V2', 'securityhub-ocsf'],
    ['aws.access-analyzer', 'Unused Access Finding for IAM entities', 'accessanalyzer'],
    ['aws.access-analyzer', 'Something New', 'accessanalyzer'],
    ['aws.inspector2', 'Inspector2 Finding', 'inspector2'],
    ['aws.inspector2', 'Inspector2 Coverage', 'inspector2'],
    ['aws.macie', 'Macie Finding', 'macie'],
    ['aws.config', 'Config Rules Compliance Change', 'config'],
    ['aws.config', 'Config Configuration Item Change', 'config'],
    ['example.mock', 'AWS Health Event', 'health'],
    ['aws.guardduty', 'AWS API Call via CloudTrail', 'cloudtrail'],
    ['aws.signin', 'AWS Console Sign In via CloudTrail', 'cloudtrail'],
  ])('%s, %s is of %s, and ignored when it says nothing', (source, detailType, expected) => {
    expect(parse({ id: 'e-1', source, 'detail-type': detailType, detail: {} })).toMatchObject({
      kind: 'ignored',
      source: expected,
      because: expect.stringMatching(/\S/),
      eventId: 'e-1',
    });
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

const isTime = (time: string): boolean =>
  !Number.isNaN(Date.parse(time)) && new Date(time).toISOString() === time;

/** What is wrong with the answer to this JSON; one expectation for thousands of answers. */
const unbounded = (json: unknown): readonly string[] => {
  const found = parse(wrap(json));
  const holds: Record<string, boolean> = {
    size: jsonBytes(found) <= mostBytes,
  };
  if (found.kind === 'finding') {
    const kept = found.resources.findIndex(({ kind }) => kind === 'finding');
    holds['texts'] = found.title.length <= 2_000 && found.description.length <= 2_000;
    holds['type'] = found.type.length <= 512 && found.nativeSeverity.length <= 64;
    holds['lists'] = found.resources.length <= 50 && found.actors.length <= 20;
    holds['tags'] = found.resources.every(({ tags = {} }) => Object.keys(tags).length <= 50);
    holds['the finding itself comes last'] = kept === -1 || kept === found.resources.length - 1;
    holds['facts'] = found.facts.length <= 3;
    holds['resources'] = found.resources.every(({ id }) => id !== '' && id.length <= 240);
    holds['canonical id'] = found.canonicalId !== '' && found.canonicalId.length <= 240;
    holds['fingerprint'] = found.fingerprint.length <= 240;
    holds['count'] = Number.isSafeInteger(found.count) && found.count >= 1;
    holds['times'] = [found.firstSeen, found.lastSeen, found.updatedAt].every(isTime);
  }
  return Object.keys(holds).filter((what) => !holds[what]);
};

const expectBounded = (json: unknown): void => {
  expect(unbounded(json)).toEqual([]);
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
  ['a huge text', '<!channel>\u202e😀'.repeat(4_000)],
  ['what takes six bytes a letter', '\u0000'.repeat(4_000)],
  ['half a letter', '\ud83d'.repeat(300)],
  ['a huge list', Array.from({ length: 2_000 }, (_, index) => ({ id: `${index}`, name: 'x' }))],
  ['an object that shadows', JSON.parse('{"__proto__":{"type":"x"},"constructor":1,"toString":2}')],
];

/** The keys that the examples of a detail-type have. */
const keysOf = (detailType: string): readonly string[] => [
  'id',
  ...eventNames
    .map(readEvent)
    .filter((event) => at(event, 'detail-type') === detailType)
    .flatMap((event) => Object.keys(Object(at(event, 'detail')))),
];

describe('parse is total and bounded', () => {
  it('for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), expectBounded), { numRuns: 300 });
  });

  const detailTypes = [
    ...new Set(eventNames.map((name) => String(at(readEvent(name), 'detail-type')))),
  ];

  it.each(detailTypes)('for any detail of %s', (detailType) => {
    const detail = fc.dictionary(fc.constantFrom(...keysOf(detailType)), fc.jsonValue());
    const property = fc.property(detail, (value) =>
      expectBounded({ 'detail-type': detailType, detail: value }),
    );
    fc.assert(property, { numRuns: 60 });
  });

  describe.each(hostile)('with any one field %s', (_, value) => {
    it.each(eventNames)('of %s', (name) => {
      const event = readEvent(name);
      const wrong = paths(event).flatMap((path) =>
        unbounded(replaced(event, path, value)).map((what) => `${path.join('.')}: ${what}`),
      );
      expect(wrong).toEqual([]);
    });
  });

  it('for JSON nested fifty thousand levels deep, bare', () => {
    expectBounded(nested(50_000));
  });

  it.each(detailTypes)('for %s with anything nested fifty thousand levels deep', (detailType) => {
    const deep = nested(50_000);
    const detail = {
      ...Object.fromEntries(keysOf(detailType).map((key) => [key, deep])),
      eventSource: 'iam.amazonaws.com',
      eventName: 'PutUserPolicy',
      type: 'T',
    };
    // With an id, for the hash of so much takes its time.
    expectBounded({ id: 'e-1', 'detail-type': detailType, detail });
    expectBounded({ id: 'e-1', 'detail-type': detailType, detail: { findings: [detail] } });
  });

  it('gives the same answer for the same event', () => {
    for (const name of eventNames) expect(parse(readEvent(name))).toEqual(parse(readEvent(name)));
  });
});

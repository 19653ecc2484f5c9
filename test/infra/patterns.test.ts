/** The patterns as they stand in the templates, through the project's own matcher. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { parse } from '../../src/findings/parse.ts';
import { at, text } from '../../src/findings/read.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { decide } from '../../src/rules/decide.ts';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { eventPatterns } from '../../src/rules/event-patterns.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';
import { allOf, type StackName, synthesised } from './templates.ts';

const templates = synthesised();

/** Rules of the default bus; `to-ingest` is the one rule of the security bus. */
const forwarding = (name: StackName) =>
  allOf(templates[name], 'Events::Rule').filter(({ EventBusName }) => EventBusName === undefined);

const patternsOf = (name: StackName) =>
  forwarding(name).map(({ EventPattern }) =>
    compilePattern(EventPattern as Parameters<typeof compilePattern>[0]),
  );

const passes = (name: StackName) => {
  const patterns = patternsOf(name);
  return (event: unknown): boolean => patterns.some((pattern) => matches(pattern, event));
};

test('the home stack and the stack of other regions have the generated patterns, one rule each', () => {
  for (const name of ['cordon', 'cordon-forward'] as const)
    expect(forwarding(name).map(({ Name, EventPattern }) => [Name, EventPattern])).toEqual(
      eventPatterns(config).map((one) => [`cordon-forward-${one.name}`, one.pattern]),
    );
});

test('a member account forwards what only it sees', () => {
  const sources = forwarding('cordon-forward-member').map(({ Name }) =>
    String(Name).replace(/^cordon-forward-(\w+)-.*$/, '$1'),
  );
  expect([...new Set(sources)].sort()).toEqual(['cloudtrail', 'config', 'health']);
});

test('each rule sends to the security bus alone, with its role, and keeps what cannot be sent', () => {
  for (const [name, bus, dead] of [
    ['cordon', 'cordon-security.Arn', 'cordon-events-dead.Arn'],
    ['cordon-forward', 'SecurityBusArn', 'cordon-forward-dead.Arn'],
    ['cordon-forward-member', 'SecurityBusArn', 'cordon-forward-dead.Arn'],
  ] as const)
    for (const { Targets } of forwarding(name))
      expect(Targets).toEqual([
        expect.objectContaining({
          Arn: bus,
          RoleArn: expect.stringMatching(/^cordon-forward-.*\.Arn$/),
          DeadLetterConfig: { Arn: dead },
        }),
      ]);
});

/** What the rules make a case of, or count: such an event has to be let through. */
const wanted = (event: unknown): boolean => {
  const parsed = parse(event);
  return parsed.kind === 'finding' && decide(parsed, config).kind !== 'drop';
};

describe('the fixtures', () => {
  const home = passes('cordon');
  test.each(eventNames)('%s is let through if the rules want it', (name) => {
    const event = readEvent(name);
    if (wanted(event)) expect(home(event)).toBe(true);
  });

  test('what no rule wants is kept out by severity', () => {
    expect(
      home({
        source: 'aws.inspector2',
        'detail-type': 'Inspector2 Finding',
        detail: { severity: 'INFORMATIONAL' },
      }),
    ).toBe(false);
  });
});

const shared = process.env['CORDON_SHARED'];

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));

test.runIf(shared)('over the corpus: whatever the rules want gets through', () => {
  const home = passes('cordon');
  const files = filesUnder(join(String(shared), 'corpus'));
  const events = files.flatMap((file) => {
    try {
      return [{ file, event: wrap(JSON.parse(readFileSync(file, 'utf8'))) }];
    } catch {
      return [];
    }
  });
  // Spelled as the APIs spell it, and so nothing that EventBridge delivers.
  const real = events.filter(
    ({ event }) =>
      text(at(event, 'source')).startsWith('aws.') &&
      !Object.hasOwn(Object(at(event, 'detail')), 'Type'),
  );
  const lost = real.filter(({ event }) => wanted(event) && !home(event));
  expect(real.length).toBeGreaterThan(50);
  expect(lost.map(({ file }) => file)).toEqual([]);
});

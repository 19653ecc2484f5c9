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
import { allOf, grantsIn, type StackName, synthesised } from './templates.ts';

const templates = synthesised();

/** Rules of the default bus; `to-ingest` is the one rule of the security bus. */
const forwarding = (name: StackName) =>
  allOf(templates[name], 'Events::Rule').filter(({ EventBusName }) => EventBusName === undefined);

/** The names of a stack's patterns that let an event through: `cloudtrail-calls`. */
const letsThrough = (name: StackName) => {
  const patterns = forwarding(name).map(({ Name, EventPattern }) => ({
    name: String(Name).replace('cordon-forward-', ''),
    pattern: compilePattern(EventPattern as Parameters<typeof compilePattern>[0]),
  }));
  return (event: unknown): readonly string[] =>
    patterns.filter(({ pattern }) => matches(pattern, event)).map((one) => one.name);
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

test('the queue of what could not be sent takes it from the stack’s own rules alone, over TLS', () => {
  for (const name of ['cordon-forward', 'cordon-forward-member'] as const) {
    const rules = Object.entries(templates[name].Resources).filter(
      ([, { Type }]) => Type === 'AWS::Events::Rule',
    );
    const [policy, ...more] = allOf(templates[name], 'SQS::QueuePolicy');
    expect(more).toEqual([]);
    const grants = grantsIn(policy?.['PolicyDocument']).filter(({ effect }) => effect === 'Allow');
    expect(grants).toEqual([
      expect.objectContaining({
        actions: ['sqs:SendMessage'],
        principal: { Service: 'events.amazonaws.com' },
        condition: {
          ArnEquals: {
            'aws:SourceArn': rules.map(([, { Properties }]) => `${Properties['Name']}.Arn`),
          },
        },
      }),
    ]);
  }
});

test('what forwards is of whatever partition it is deployed in', () => {
  const { SecurityBusArn } = templates['cordon-forward'].Parameters;
  const { AllowedPattern = '' } = (SecurityBusArn ?? {}) as { readonly AllowedPattern?: string };
  for (const [partition, region] of [
    ['aws', 'eu-west-1'],
    ['aws', 'ap-southeast-7'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ])
    expect(`arn:${partition}:events:${region}:111122223333:event-bus/cordon-security`).toMatch(
      new RegExp(AllowedPattern),
    );
  for (const name of ['cordon-forward', 'cordon-forward-member', 'cordon-baseline'] as const)
    expect(JSON.stringify(templates[name].Resources)).not.toContain('"arn:aws:');
});

/** What the rules make a case of, or count: such an event has to be let through. */
const wanted = (event: unknown): boolean => {
  const parsed = parse(event);
  return parsed.kind === 'finding' && decide(parsed, config).kind !== 'drop';
};

/** Patterns that let through more than the rules want, each with the reason. */
const wider: Readonly<Record<string, string>> = {
  'securityhub-asff-passed': 'a control that passes again closes its case, whatever its severity',
  'securityhub-ocsf-passed': 'a control that passes again closes its case, whatever its severity',
  'cloudtrail-calls': 'what a call does can depend on its parameters, which only code reads',
  'cloudtrail-root': 'root is watched whatever it calls, and only code reads what that is worth',
};

const ofMembers = ['aws.cloudtrail', 'aws.config', 'aws.health'];

/** CloudTrail's events come under the source of the service that was called. */
const isOfMembers = (event: unknown): boolean =>
  ofMembers.includes(text(at(event, 'source'))) ||
  text(at(event, 'detail-type')).includes('via CloudTrail');

/** Why a stack is wrong about an event; undefined where it lets through exactly what the rules want. */
const wrongAbout = (name: StackName) => {
  const through = letsThrough(name);
  const forwards = name === 'cordon-forward-member' ? isOfMembers : () => true;
  return (event: unknown): string | undefined => {
    const names = through(event);
    if (wanted(event) && forwards(event))
      return names.length > 0 ? undefined : 'the rules want it, and it is kept out';
    const more = names.filter((each) => !wider[each]);
    return more.length > 0 ? `no rule wants it, and ${more.join(', ')} let it through` : undefined;
  };
};

const forwarders = ['cordon', 'cordon-forward', 'cordon-forward-member'] as const;

describe.each(forwarders)('the stack %s lets through exactly what the rules want', (name) => {
  const wrong = wrongAbout(name);
  test.each(eventNames)('%s', (event) => {
    expect(wrong(readEvent(event))).toBeUndefined();
  });
});

test('what no rule wants is kept out by severity', () => {
  expect(
    letsThrough('cordon')({
      source: 'aws.inspector2',
      'detail-type': 'Inspector2 Finding',
      detail: { severity: 'INFORMATIONAL' },
    }),
  ).toEqual([]);
});

test('of the fixtures, both what is wanted and what is not are many, in a member account too', () => {
  const events = eventNames.map(readEvent);
  const { length } = events.filter(wanted);
  expect(length).toBeGreaterThan(30);
  expect(events.length - length).toBeGreaterThan(5);
  expect(events.filter(wanted).filter(isOfMembers).length).toBeGreaterThan(5);
});

const shared = process.env['CORDON_SHARED'];

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));

describe.runIf(shared)('over the corpus', () => {
  const files = shared ? filesUnder(join(shared, 'corpus')) : [];
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

  test.each(forwarders)('%s lets through exactly what the rules want', (name) => {
    const wrong = wrongAbout(name);
    expect(real.length).toBeGreaterThan(50);
    expect(
      real.flatMap(({ file, event }) => {
        const because = wrong(event);
        return because ? [`${file}: ${because}`] : [];
      }),
    ).toEqual([]);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { isObject } from '../../src/findings/read.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const delivered = (event: unknown, envelope: object): unknown => ({
  ...(isObject(event) ? event : {}),
  ...envelope,
});

/** How one finding comes more than once: itself, in another envelope, relayed, and relayed again. */
const routesOf = (own: string, ...relays: readonly string[]): readonly unknown[] => {
  const event = readEvent(own);
  return [
    event,
    delivered(event, { id: 'of-the-administrator', account: '210987654321' }),
    delivered(event, { id: 'of-the-home-region', region: 'us-west-2' }),
    ...relays.map(readEvent),
  ];
};

const table: readonly (readonly [what: string, routes: readonly unknown[]])[] = [
  [
    'GuardDuty, Security Hub, the new Security Hub',
    routesOf('guardduty-ec2-c2', 'securityhub-guardduty', 'securityhub-ocsf-guardduty'),
  ],
  ['GuardDuty’s repeat', routesOf('guardduty-ec2-c2', 'guardduty-ec2-c2-repeat')],
  ['a control of both Security Hubs', routesOf('securityhub-control', 'securityhub-ocsf-control')],
  ['Access Analyzer', routesOf('access-analyzer-public', 'securityhub-access-analyzer')],
  ['Inspector', routesOf('inspector2-instance', 'securityhub-inspector2')],
  ['Macie', routesOf('macie-sensitive-data', 'securityhub-macie')],
  ['Config', routesOf('config-non-compliant', 'securityhub-config')],
  ['Health and its backup Region', routesOf('health-credentials-exposed')],
  ['CloudTrail', routesOf('cloudtrail-stop-logging')],
];

const rotated = <T>(list: readonly T[], by: number): readonly T[] => [
  ...list.slice(by),
  ...list.slice(0, by),
];

/** Each of them first once. */
const ordersOf = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.map((_, by) => rotated(list, by));

const record = (event: unknown, n: number) => ({
  messageId: `m${n}`,
  body: JSON.stringify(event),
  attributes: { SentTimestamp: String(stage.world.clock.now()) },
});

/** Each in an invocation of its own, all at once. */
const deliver = async (events: readonly unknown[]): Promise<void> => {
  const answers = await Promise.all(
    events.map((event, n) =>
      stage.world.functions.ingest({ Records: [record(event, n)] } as never),
    ),
  );
  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
};

const all = { severity: { card: 'LOW', digest: 'LOW', mention: 'CRITICAL' } } as const;

const expectOne = async (): Promise<void> => {
  expect(stage.cards()).toHaveLength(1);
  expect((await stage.world.balance(1)).balance).toMatchObject({
    received: 1,
    shown: 1,
    grouped: 0,
    undecided: 0,
  });
};

describe.each(table)('one finding by %s', (_, routes) => {
  test('is one case when all come at once', async () => {
    stage = await play({ config: all });
    await deliver([...routes, ...routes.toReversed()]);
    await stage.world.idle();
    await expectOne();
  });

  test.each(ordersOf(routes).map((order, n) => [n + 1, order] as const))(
    'is one case one by one, when route %i is the first',
    async (_first, order) => {
      stage = await play({ config: all });
      for (const event of order) await deliver([event]);
      await stage.world.idle();
      await expectOne();
    },
  );
});

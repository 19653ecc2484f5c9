import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { localQueues } from '../../src/local/runtime/resources.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const once = readEvent('guardduty-ec2-c2');
const repeat = readEvent('guardduty-ec2-c2-repeat');
const ten = (event: unknown): unknown[] => Array.from({ length: 10 }, () => event);

const oneByOne = async (events: readonly unknown[]): Promise<void> => {
  for (const event of events) await stage.world.events([event]);
};
const atOnce = async (events: readonly unknown[]): Promise<void> => {
  await Promise.all(events.map((event) => stage.world.events([event])));
};
const inOneBatch = async (events: readonly unknown[]): Promise<void> => {
  await stage.world.events(events);
};

const posts = (): number =>
  stage.world.slack.calls().filter(({ method }) => method === 'chat.postMessage').length;

describe('the same finding, again and again', () => {
  const deliveries = [
    ['ten times, one after the other', oneByOne, ten(once), 'Seen 1×'],
    ['ten times at once', atOnce, ten(once), 'Seen 1×'],
    ['ten times in one batch', inOneBatch, ten(once), 'Seen 1×'],
    ['and then its repeat', oneByOne, [...ten(once), repeat], 'Seen 14×'],
    ['after its repeat', oneByOne, [repeat, ...ten(once)], 'Seen 14×'],
    ['mixed with its repeat', oneByOne, ten(once).flatMap((e) => [e, repeat]), 'Seen 14×'],
    ['mixed with its repeat at once', atOnce, ten(once).flatMap((e) => [e, repeat]), 'Seen 14×'],
    ['bare and wrapped', oneByOne, [bare(once), once, bare(repeat), repeat], 'Seen 14×'],
  ] as const;

  test.each(deliveries)('%s: one card with the right count', async (_name, send, events, says) => {
    stage = await play();
    await send(events);
    expect(stage.cards()).toHaveLength(1);
    expect(stage.cardSays()).toContain(says);
    expect(posts()).toBe(1);
    expect((await stage.audit()).filter((kind) => kind === 'case.opened')).toHaveLength(1);
    await stage.curtain({ pings: 1 });
  });

  test('edits the card that is there and pings nobody twice', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    const { ts } = stage.card();
    await stage.scenario('repeat');
    expect(stage.card().ts).toBe(ts);
    expect(stage.cardSays()).toContain('Seen 17×');
    expect(posts()).toBe(1);
    await stage.curtain({ pings: 1 });
  });

  test('an older state that comes late does not turn the card back', async () => {
    stage = await play();
    await stage.world.events([repeat]);
    const newest = stage.cardSays();
    await stage.world.events([once]);
    expect(stage.cardSays()).toContain('AWS saw it <!date^1795339540');
    expect(newest).toContain('AWS saw it <!date^1795339540');
    await stage.curtain({ pings: 1 });
  });
});

function bare(event: unknown): unknown {
  return Reflect.get(Object(event), 'detail');
}

describe('what is no alert', () => {
  test('is reported when no deployed pattern lets it through', async () => {
    stage = await play();
    const answer = await stage.world.events([
      once,
      { source: 'aws.s3', 'detail-type': 'Object Created', detail: {} },
      readEvent('guardduty-malware-scan-result'),
    ]);
    expect(answer.accepted).toBe(1);
    expect(answer.dropped).toEqual([
      { index: 1, because: 'no deployed event pattern matches' },
      { index: 2, because: 'no deployed event pattern matches' },
    ]);
    expect(stage.cards()).toHaveLength(1);
    await stage.curtain();
  });

  test('is counted once with its reason when it reaches the queue all the same', async () => {
    stage = await play();
    const scan = readEvent('guardduty-malware-scan-result');
    for (const event of [scan, scan, { id: 'x1', source: 'aws.s3', detail: {} }])
      stage.world.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(event) });
    await stage.world.idle();
    expect(stage.cards()).toEqual([]);
    const counts = Object.entries(await stage.ignored());
    expect(counts.map(([, count]) => count)).toEqual([1, 1]);
    expect(counts.some(([because]) => because.startsWith('A malware scan result'))).toBe(true);
    await stage.curtain({ pings: 0 });
  });

  test('is counted when its severity is below the least for a card', async () => {
    stage = await play({
      config: { severity: { card: 'CRITICAL', mention: 'CRITICAL', digest: 'CRITICAL' } },
    });
    stage.world.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(once) });
    await stage.world.idle();
    expect(stage.cards()).toEqual([]);
    expect(await stage.ignored()).toEqual({ 'HIGH is below CRITICAL, the least for a card': 1 });
    await stage.curtain({ pings: 0 });
  });
});

const shared = process.env['CORDON_SHARED'];

/** A GuardDuty file of the corpus may hold one event or several. */
const corpusEvents = (folder: string): readonly unknown[] =>
  readdirSync(folder).flatMap((file): readonly unknown[] => {
    const read: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return Array.isArray(read) ? read : [read];
  });

const canonicalIds = (events: readonly unknown[]): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) => {
      const parsed = parse(wrap(event));
      return parsed.kind === 'finding' ? [parsed.canonicalId] : [];
    }),
  );

describe.runIf(shared)('the real GuardDuty findings of the corpus', () => {
  test('are each counted on one card, sent twice, in two orders', async () => {
    stage = await play();
    const events = corpusEvents(join(shared ?? '', 'corpus/guardduty'));
    const { accepted, dropped } = await stage.world.events(events);
    expect(accepted + dropped.length).toBe(events.length);
    const delivered = events.filter((_, index) => !dropped.some((one) => one.index === index));
    const findings = canonicalIds(delivered).size;
    const ignored = Object.values(await stage.ignored()).reduce((sum, count) => sum + count, 0);
    await stage.world.advance(30);
    // What is about the same thing shares a card; every finding is on one, or in the digest.
    const told = async (): Promise<number> => {
      const { shown, grouped, digest, waiting, undecided } = (await stage.world.balance(24))
        .balance;
      expect({ waiting, undecided }).toEqual({ waiting: 0, undecided: 0 });
      // A burst of cards has a roll-up and its end beside them.
      expect(shown).toBeLessThanOrEqual(stage.cards().length);
      return shown + grouped + digest;
    };
    const [cards, all] = [stage.cards().length, await told()];
    expect(cards).toBeGreaterThan(1);
    expect(all).toBe(findings);
    expect(findings).toBeGreaterThan(15);
    await stage.world.events(events.toReversed());
    await stage.world.advance(30);
    expect(stage.cards().length).toBe(cards);
    expect(await told()).toBe(findings);
    const still = Object.values(await stage.ignored()).reduce((sum, count) => sum + count, 0);
    expect(still).toBe(ignored);
    expect(await stage.auditIntact()).toBe(true);
  });
});

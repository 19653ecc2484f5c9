/** The pure parts of drills: scenarios as AWS would tell them, twists by seed, the schedule by the wall clock. */
import { describe, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { actions } from '../../src/actions/index.ts';
import { twistKinds } from '../../src/drills/drill.ts';
import { gameDaysAt } from '../../src/drills/game-day.ts';
import { scenarios } from '../../src/drills/index.ts';
import { stageOf } from '../../src/drills/stage.ts';
import { twistInWords, twistOf } from '../../src/drills/twists.ts';
import { judge, readEvent } from '../../src/flows/alerts/judge-event.ts';
import { playbooks } from '../../src/playbooks/index.ts';
import { asTyped, namedIn } from '../../src/slack/as-typed.ts';

const startedAt = '2026-11-22T09:00:00.000Z';
const stage = stageOf({ id: 'one', account: '123456789012', region: 'eu-west-1', startedAt });

describe('scenarios', () => {
  test.each(scenarios.map((one) => [one.id, one] as const))(
    '%s is a finding with a card, and its good response exists',
    (_, { event, good }) => {
      const judged = judge(readEvent(event(stage)), config, Date.parse(startedAt));
      expect(judged.kind === 'finding' && judged.decision.kind).toBe('card');
      const known = [...actions, ...playbooks].map(({ id }) => id);
      for (const id of [...good.contains, ...Object.keys(good.harms)]) expect(known).toContain(id);
    },
  );

  test('two drills of one scenario are two findings, and one drill is one for ever', () => {
    const of = (id: string) =>
      stageOf({ id, account: '123456789012', region: 'eu-west-1', startedAt }).id;
    expect(of('one')).toBe(stage.id);
    expect(of('two')).not.toBe(stage.id);
    expect(stage.id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('twists', () => {
  const seeds = Array.from({ length: 200 }, (_, n) => `seed ${n}`);

  test('every kind comes up, the same seed gives the same, and each can be told', () => {
    const [scenario] = scenarios;
    const drawn = seeds.map(
      (seed) => scenario && twistOf(scenario, twistKinds, { seed, startedAt }),
    );
    expect(new Set(drawn.map((twist) => twist?.kind))).toEqual(new Set(twistKinds));
    expect(drawn).toEqual(
      seeds.map((seed) => scenario && twistOf(scenario, twistKinds, { seed, startedAt })),
    );
    for (const twist of drawn) expect(twist && twistInWords(twist)).toMatch(/^[A-Z].*\.$/);
  });

  test('a scenario has only what it can have, and none where none is wished', () => {
    const root = scenarios.find(({ id }) => id === 'root-use');
    const kinds = seeds.map((seed) => root && twistOf(root, twistKinds, { seed, startedAt })?.kind);
    expect(new Set(kinds)).toEqual(new Set(['approver-absent', 'slack-silent']));
    expect(root && twistOf(root, [], { seed: 'a', startedAt })).toBeUndefined();
    expect(root && twistOf(root, ['drift'], { seed: 'a', startedAt })).toBeUndefined();
  });
});

describe('game days', () => {
  const day = {
    id: 'weekly',
    weekday: 'Mon',
    at: '10:00',
    timeZone: 'America/New_York',
    scenarios: ['a', 'b'],
  };
  const due = (at: string) =>
    gameDaysAt([day], Date.parse(at)).map(({ id, scenario }) => [id, scenario]);

  test.each([
    ['a minute before', '2026-11-23T14:59:00Z', []],
    ['at its minute', '2026-11-23T15:00:00Z', [['weekly/2026-11-23', 'a']]],
    ['within the hour', '2026-11-23T15:59:00Z', [['weekly/2026-11-23', 'a']]],
    ['an hour later', '2026-11-23T16:00:00Z', []],
    ['on another day', '2026-11-24T15:00:00Z', []],
    ['a week later the next scenario', '2026-11-30T15:00:00Z', [['weekly/2026-11-30', 'b']]],
    ['in summer by the clock on the wall', '2026-07-06T14:00:00Z', [['weekly/2026-07-06', 'a']]],
  ])('%s', (_, at, expected) => expect(due(at)).toEqual(expected));
});

test.each([
  ['drill stolen-key &lt;script&gt; A&amp;B', 'drill stolen-key <script> A&B'],
  ['find <http://example.com|example.com>', 'find example.com'],
  ['find <mailto:ana@example.com|ana@example.com>', 'find ana@example.com'],
  ['find <https://example.com/a>', 'find https://example.com/a'],
  ['drill x <@U0ANA|ana> <!subteam^S0SECAPPR|@sec>', 'drill x <@U0ANA> <!subteam^S0SECAPPR>'],
  ['find <#C0SECURITY|alerts>', 'find #alerts'],
])('a command as Slack escapes it: %s', (sent, typed) => expect(asTyped(sent)).toBe(typed));

test.each([
  ['<@U0ANA>', 'U0ANA'],
  ['<!subteam^S0SECAPPR>', 'S0SECAPPR'],
  ['@ana', undefined],
  ['<!channel>', undefined],
  ['<@U0ANA>x', undefined],
])('whom %s names', (word, id) => expect(namedIn(word)).toBe(id));

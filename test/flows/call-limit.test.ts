/** Nobody is called by one case more than twice an hour, and everybody is still named. */
import { describe, expect, test } from 'vitest';
import { type CallPorts, limitCalls } from '../../src/flows/pacing/call-limit.ts';
import { calledBy } from '../../src/slack/cards/calls.ts';
import type { DesiredMessage } from '../../src/slack/cards/desired-message.ts';
import { mention, mrkdwn } from '../../src/slack/mrkdwn.ts';
import { mentionElement, richText, words } from '../../src/slack/rich-text.ts';

const groups: Readonly<Record<string, readonly string[]>> = {
  S0ONCALL: ['U0MARIA', 'U0LEE'],
  S0APPROVERS: ['U0ANA', 'U0LEE'],
  S0MANY: Array.from({ length: 30 }, (_, n) => `U0MANY${n}`),
};

const now = Date.parse('2026-11-22T09:30:00Z');

const ports: CallPorts = {
  chance: { now: () => now, id: () => 'id' },
  directory: {
    members: async (group) => {
      const members = groups[group];
      if (!members) throw new Error('Slack does not answer');
      return new Set(members);
    },
  },
};

const calling = (...ids: readonly string[]): DesiredMessage => ({
  key: 'k',
  inThread: true,
  broadcast: true,
  text: 'Approval needed',
  blocks: [
    {
      type: 'section',
      text: ids.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn`*Needed*`),
    },
  ],
});

const minutesAgo = (count: number): string => new Date(now - count * 60_000).toISOString();
const twice = [minutesAgo(20), minutesAgo(10)];

describe('a message is posted as it is', () => {
  test.each([
    ['the first and the second time', { U0LEE: [minutesAgo(10)] }, ['S0APPROVERS']],
    ['an hour later', { U0LEE: [minutesAgo(90), minutesAgo(61)] }, ['S0APPROVERS']],
    ['to a group too large for names', { U0MANY1: twice }, ['S0MANY']],
    ['to a group that Slack cannot tell', { U0LEE: twice }, ['S0UNKNOWN']],
  ] as const)('%s', async (_when, called, ids) => {
    const message = calling(...ids);
    expect((await limitCalls(ports, message, called)).message).toBe(message);
  });
});

test('who was called twice is left out, and the others are called by name', async () => {
  const { message, called } = await limitCalls(ports, calling('S0APPROVERS'), { U0LEE: twice });
  expect(calledBy(message)).toEqual(['U0ANA']);
  expect(called).toEqual({ U0LEE: twice, U0ANA: [minutesAgo(0)] });
});

test('where everybody was called twice, a word stands for them', async () => {
  const { message } = await limitCalls(ports, calling('U0LEE'), { U0LEE: twice });
  expect(message.blocks).toEqual([
    { type: 'section', text: { type: 'mrkdwn', text: '*Needed* …', verbatim: true } },
  ]);
});

test('what happened outside counts anew', async () => {
  const message = { ...calling('U0LEE'), anew: true };
  const limited = await limitCalls(ports, message, { U0LEE: twice });
  expect(limited.message).toBe(message);
  expect(limited.called).toEqual({ U0LEE: [minutesAgo(0)] });
});

test('mentions in rich text are counted and left out in the same way', async () => {
  const message = {
    ...calling(),
    blocks: [richText([[words('Ask '), mentionElement('S0ONCALL'), mentionElement('U0ANA')]])],
  };
  expect(calledBy(message)).toEqual(['S0ONCALL', 'U0ANA']);
  const limited = await limitCalls(ports, message, { U0LEE: twice, U0ANA: twice });
  expect(calledBy(limited.message)).toEqual(['U0MARIA']);
  expect(JSON.stringify(limited.message.blocks)).toContain('…');
});

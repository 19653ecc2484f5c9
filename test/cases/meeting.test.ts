/** Whether and where two open cases become one: a table, and what becomes of both. */
import { describe, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { Case } from '../../src/cases/case.ts';
import { openCase } from '../../src/cases/fold.ts';
import { decideMeeting, withMeetings } from '../../src/cases/meeting.ts';
import { onCase } from '../../src/cases/on-case.ts';
import { untrusted } from '../../src/findings/finding.ts';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { findingOf } from '../findings/finding-of.ts';

const now = '2026-11-22T10:00:00.000Z';
const caseOf = (id: string, story: Story, openedAt: string): Case => {
  const finding = findingOf(guardDutyEvent(story, Date.parse(openedAt)));
  const decision = decide(finding, config);
  if (decision.kind !== 'card') throw new Error('the example is no card');
  return openCase(
    { id, groupKey: decision.groupKey, token: id },
    { finding, decision, receivedAt: openedAt },
  );
};
const key = caseOf('C000000001', leakedKey, '2026-11-22T09:00:00.000Z');
const server = caseOf('C000000002', compromisedServer, '2026-11-22T09:10:00.000Z');
const meeting = { at: now, next: now, because: 'a finding names both' };
const later = '2026-11-23T11:00:00.000Z';

describe('two open cases that a finding names', () => {
  const snoozed = { until: later, by: 'U0MARIA', reason: untrusted('a drill') };
  test.each<[string, Parameters<typeof decideMeeting>[1], object]>([
    [
      'become one: the younger goes on in the older',
      { older: key, younger: server, busy: false, now },
      { kind: 'merge', into: key, from: server },
    ],
    [
      'wait while a request of the younger one is open',
      { older: key, younger: server, busy: true, now },
      { kind: 'wait', next: '2026-11-22T10:05:00.000Z' },
    ],
    [
      'wait while one of them is snoozed',
      { older: { ...key, snoozed }, younger: server, busy: false, now },
      { kind: 'wait', because: 'people said that one of them can wait' },
    ],
    [
      'wait for one that is not stored yet',
      { older: key, younger: undefined, busy: false, now },
      { kind: 'wait', because: 'one of them is not stored yet' },
    ],
    [
      'stay apart when that took a day',
      { older: key, younger: server, busy: true, now: later },
      { kind: 'over' },
    ],
    [
      'stay apart when one of them was closed meanwhile',
      { older: key, younger: { ...server, over: true }, busy: false, now },
      { kind: 'over', because: 'one of them is closed' },
    ],
    [
      'stay apart when their cards are in different channels',
      { older: key, younger: { ...server, channel: 'C0OTHER' }, busy: false, now },
      { kind: 'over', because: 'their cards are in different channels' },
    ],
    [
      'have nothing to do when they are one already',
      { older: key, younger: key, busy: false, now },
      { kind: 'over', because: 'they are one already' },
    ],
  ])('%s', (_, facts, decision) => {
    expect(decideMeeting(meeting, facts)).toMatchObject(decision);
  });

  test('are wished together once, and not again after they became one', () => {
    const wished = withMeetings(key, [server.id, key.id], meeting);
    expect(Object.keys(wished.meets ?? {})).toEqual([server.id]);
    expect(withMeetings(wished, [server.id], meeting)).toBe(wished);
    const by = { actor: 'cordon:worker', because: 'a finding names both' };
    const after = onCase(wished, { kind: 'absorb', other: server, ...by }, now) ?? wished;
    const done = onCase(after, { kind: 'met', other: server.id, next: undefined }, now) ?? after;
    expect(done.meets).toEqual({});
    expect(withMeetings(done, [server.id], meeting)).toBe(done);
  });
});

describe('a case that absorbs another', () => {
  const by = { actor: 'cordon:worker', because: 'a finding names both' };

  test('has its findings, and its owner where it was no worse itself', () => {
    const taken: Case = {
      ...server,
      severity: key.severity,
      acknowledged: { by: 'U0LEE', at: now },
      assignee: 'U0LEE',
    };
    const after = onCase(key, { kind: 'absorb', other: taken, ...by }, now);
    expect(Object.keys(after?.findings ?? {})).toHaveLength(2);
    expect(after).toMatchObject({ assignee: 'U0LEE', acknowledged: { by: 'U0LEE' } });
    expect(after?.absorbed).toEqual([
      { id: server.id, at: now, because: by.because, had: 'U0LEE' },
    ]);
  });

  test('still needs somebody where it is the worse of the two', () => {
    const taken: Case = {
      ...server,
      severity: 'LOW',
      acknowledged: { by: 'U0LEE', at: now },
      assignee: 'U0LEE',
    };
    const after = onCase(
      { ...key, severity: 'CRITICAL' },
      { kind: 'absorb', other: taken, ...by },
      now,
    );
    expect(after?.acknowledged).toBeUndefined();
    expect(after?.severity).toBe('CRITICAL');
  });

  test('takes what came to the other one while it was being merged, and nothing twice', () => {
    const once = onCase(key, { kind: 'absorb', other: server, ...by }, now) ?? key;
    expect(onCase(once, { kind: 'absorb', other: server, ...by }, now)).toBeUndefined();
    const [own] = Object.values(server.findings);
    if (!own) throw new Error('the example has no finding');
    const late = { ...own, finding: { ...own.finding, canonicalId: 'late' } };
    const grown: Case = { ...server, findings: { ...server.findings, late } };
    const again = onCase(once, { kind: 'absorb', other: grown, ...by }, now);
    expect(Object.keys(again?.findings ?? {})).toHaveLength(3);
    expect(again?.absorbed).toHaveLength(1);
  });

  test('of two merged into each other at the same moment, one goes on', () => {
    const absorbing = [
      onCase(key, { kind: 'absorb', other: server, ...by }, now) ?? key,
      onCase(server, { kind: 'absorb', other: key, ...by }, now) ?? server,
    ] as const;
    const merged = [
      onCase(absorbing[0], { kind: 'merge', into: server.id, ...by }, now),
      onCase(absorbing[1], { kind: 'merge', into: key.id, ...by }, now),
    ];
    expect(merged.map((one) => one?.merged?.into)).toEqual([undefined, key.id]);
    expect(onCase(merged[1] as Case, { kind: 'absorb', other: key, ...by }, now)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { untrusted } from '../../src/findings/finding.ts';
import { contributed, type Factor, wentWell } from '../../src/reviews/factors.ts';
import { containedOf, milestonesOf } from '../../src/reviews/milestones.ts';
import { momentsOf } from '../../src/reviews/moments.ts';
import { inOrder, type ReviewRecord } from '../../src/reviews/record.ts';
import { reviewMarkdown } from '../../src/slack/review/markdown.ts';
import { reviewSections } from '../../src/slack/review/sections.ts';
import { at, contained, entry, record, request, theCase } from './example-record.ts';

const minute = 60_000;

test('the milestones are told in their order, each with its time since the opening and its target', () => {
  expect(
    milestonesOf(record).map(({ what, afterMs, targetMs }) => [what, afterMs / minute, targetMs]),
  ).toEqual([
    ['seen', expect.any(Number), undefined],
    ['detected', 0, undefined],
    ['acknowledged', 5, 15 * minute],
    ['decided', 6, undefined],
    ['approved', 8, undefined],
    ['contained', 10, 60 * minute],
    ['resolved', 30, 120 * minute],
  ]);
  expect(containedOf(record)).toEqual({ title: 'Isolate EC2 instance', afterMs: 10 * minute });
});

test('a suppression or an undo contains nothing', () => {
  const suppression = {
    ...request,
    plan: { ...request.plan, suppresses: {} },
  } as unknown as typeof request;
  expect(containedOf({ ...record, requests: [suppression] })).toBeUndefined();
  expect(containedOf({ ...record, requests: [{ ...request, kind: 'undo' }] })).toBeUndefined();
});

test('a drill is rehearsed, not contained, and its review says so first', () => {
  const drill = { id: 'D1', scenario: 's', story: 'x', people: [], until: at('10:00') };
  const rehearsed: ReviewRecord = {
    ...record,
    theCase: { ...theCase, drill },
    requests: [{ ...request, plan: { ...request.plan, drill: 'D1' } }],
    entries: [{ ...contained, kind: 'request.rehearsed' }],
  };
  expect(milestonesOf(rehearsed).map(({ what }) => what)).toContain('contained');
  expect(wentWell(rehearsed).map(({ kind }) => kind)).not.toContain('verified');
  const markdown = reviewMarkdown(theCase.id, reviewSections(rehearsed));
  expect(markdown).toContain('## Summary\n\n- This was a drill: nothing of it reached AWS\n');
  expect(markdown).toContain('Rehearsed to its end: 2026-11-22 09:10 UTC, after 10 min');
  expect(markdown).not.toMatch(/Still in force|Contained and read back/);
});

test('the good is told: targets kept, a fast approval, what was read back', () => {
  expect(wentWell(record)).toEqual([
    { kind: 'in-time', what: 'acknowledged', ms: 5 * minute, targetMs: 15 * minute },
    { kind: 'in-time', what: 'contained', ms: 10 * minute, targetMs: 60 * minute },
    { kind: 'in-time', what: 'resolved', ms: 30 * minute, targetMs: 120 * minute },
    { kind: 'approved', ms: 2 * minute, title: 'Isolate EC2 instance' },
    { kind: 'verified', titles: ['Isolate EC2 instance'] },
  ]);
  expect(contributed(record)).toEqual([]);
});

const harder: readonly (readonly [string, Partial<ReviewRecord>, Factor])[] = [
  [
    'an acknowledgement that came late',
    { theCase: { ...theCase, firstAcknowledgedAt: at('09:20') } },
    { kind: 'late', what: 'acknowledged', ms: 20 * minute, targetMs: 15 * minute },
  ],
  [
    'an approval that waited',
    { requests: [{ ...request, approvedAt: at('09:20') }] },
    { kind: 'approval-waited', ms: 14 * minute, title: 'Isolate EC2 instance' },
  ],
  ['nothing contained', { entries: [] }, { kind: 'not-contained' }],
  [
    'a plan that drifted',
    { entries: [contained, entry('request.drifted', '09:09')] },
    { kind: 'drifted', times: 1 },
  ],
  [
    'a counter-move, twice',
    {
      entries: [
        contained,
        entry('containment.countered', '09:09'),
        entry('containment.countered', '09:10'),
      ],
    },
    { kind: 'countered', times: 2 },
  ],
  [
    'presses that were refused, by what was said',
    {
      entries: [
        contained,
        entry('click.refused', '09:07', { because: 'You are not an approver.' }),
        entry('click.refused', '09:08', { because: 'You are not an approver.' }),
      ],
    },
    { kind: 'refused', because: 'You are not an approver.', times: 2 },
  ],
  [
    'a step that failed',
    { requests: [{ ...request, failure: { step: 'Check', because: 'denied' } }] },
    { kind: 'failed', step: 'Check', because: 'denied' },
  ],
  [
    'an approver who said no',
    {
      requests: [
        { ...request, votes: [{ ...request.votes[0], verdict: 'deny', reason: 'a backup' }] },
      ] as typeof record.requests,
    },
    { kind: 'denied', because: 'a backup' },
  ],
  [
    'automation that held back',
    {
      theCase: {
        ...theCase,
        automated: {
          at: at('09:00'),
          entry: 'isolate',
          mode: 'veto',
          runs: 'isolate-instance',
          title: 'Isolate EC2 instance',
          actions: ['isolate-instance'],
          outcome: 'held',
          because: untrusted('the breaker is open'),
          lines: [],
        },
      },
    },
    { kind: 'held', because: 'the breaker is open' },
  ],
];

describe('what made it harder is told', () => {
  test.each(harder)('%s', (_, change, factor) => {
    expect(contributed({ ...record, ...change })).toEqual([factor]);
  });
});

test('the timeline gives roles before names, and from where each line is known', () => {
  const moments = momentsOf({
    ...record,
    entries: [
      entry('request.created', '09:06', { actor: 'slack:T0/U0MARIA', request: 'R1' }),
      entry('request.approved', '09:08', { actor: 'slack:T0/U0ANA', request: 'R1', seq: 7 }),
      entry('request.stamped', '09:09', { request: 'R1' }),
      contained,
      entry('case.commented', '09:12', { actor: 'slack:T0/U0LEE', detail: { text: 'look' } }),
    ],
  });
  expect(moments.map(({ kind, role, who, from }) => [kind, role, who, from.kind])).toEqual([
    ['finding', 'source', undefined, 'finding'],
    ['request.created', 'requester', 'Maria Okafor', 'audit'],
    ['request.approved', 'approver', 'Ana Ortiz', 'audit'],
    ['request.contained', 'cordon', undefined, 'aws'],
    ['case.commented', 'responder', 'U0LEE', 'comment'],
  ]);
  expect(moments.at(-1)?.about).toBe('look');
  expect(moments[1]?.about).toBe('Isolate it. Why: it is so');
});

test('what is chained and what waits is each told once, with its place where it has one', () => {
  const { seq: _, ...waiting } = entry('case.opened', '09:00');
  expect(inOrder([waiting, { ...waiting, seq: 3 }, waiting])).toEqual([{ ...waiting, seq: 3 }]);
});

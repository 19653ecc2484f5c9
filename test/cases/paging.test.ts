import { expect, test } from 'vitest';
import type { Case } from '../../src/cases/case.ts';
import { openCase } from '../../src/cases/fold.ts';
import { type AwaitedApproval, duePages, type PagingFacts } from '../../src/cases/paging.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { findingOf } from '../findings/finding-of.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const at = (time: string): string => `2026-11-22T${time}.000Z`;

const high = ((): Case => {
  const finding = findingOf(readEvent('guardduty-ec2-c2'));
  const decision = decide(finding, {
    rules: defaultRules,
    channel: 'C0SECURITY',
    severity: { card: 'MEDIUM', mention: 'HIGH' },
  });
  if (decision.kind !== 'card') throw new Error(decision.because);
  return openCase(
    { id: 'C1', groupKey: 'key', token: 'token' },
    { finding, decision, receivedAt: at('09:00:00') },
  );
})();

/** The same case, all of whose findings are changed like this. */
const withFindings = (
  theCase: Case,
  change: { readonly sample?: boolean; readonly archived?: boolean },
): Case => ({
  ...theCase,
  findings: Object.fromEntries(
    Object.entries(theCase.findings).map(([id, entry]) => [
      id,
      { ...entry, finding: { ...entry.finding, ...change } },
    ]),
  ),
});

const critical: Case = { ...high, severity: 'CRITICAL' };
const raised: Case = { ...high, raised: { at: at('09:20:00'), to: 'HIGH' } };
const sent = (theCase: Case, ...keys: readonly string[]): Case => ({
  ...theCase,
  pages: Object.fromEntries(keys.map((key) => [key, { at: at('09:00:30'), because: 'a reason' }])),
});
const card = { card: {} };
const asked: AwaitedApproval = {
  id: 'R1',
  planNumber: 1,
  summary: 'Isolate i-0a1b2c3d4e5f60718',
  by: 'Maria Okafor',
  pageAt: [at('09:07:30')],
  expiresAt: at('09:15:00'),
};

const facts = (
  theCase: Case,
  time: string,
  more: Partial<Pick<PagingFacts, 'messages' | 'approvals'>> = {},
): PagingFacts => ({ theCase, now: at(time), messages: card, approvals: [], glass: [], ...more });

const noCard = { messages: {} };
const waits = { approvals: [asked] };

test.each<readonly [string, PagingFacts, readonly string[]]>([
  ['a CRITICAL case is paged at once', facts(critical, '09:00:00'), ['critical:C1']],
  [
    'a CRITICAL case is paged at once without its card',
    facts(critical, '09:00:00', noCard),
    ['critical:C1'],
  ],
  [
    'a CRITICAL case is paged once, even when its card never comes',
    facts(sent(critical, 'critical:C1'), '11:00:00', noCard),
    [],
  ],
  [
    'a case that became CRITICAL is paged again',
    facts(sent(critical, 'unreachable:C1'), '09:30:00'),
    ['critical:C1'],
  ],
  [
    'a CRITICAL sample pages nobody',
    facts(withFindings(critical, { sample: true }), '09:00:00'),
    [],
  ],
  ['nor what is archived', facts(withFindings(critical, { archived: true }), '09:00:00'), []],
  [
    'but for what was archived while people worked on stolen credentials',
    facts(
      withFindings(
        {
          ...critical,
          decision: { ...critical.decision, attack: ['T1078.004'] },
          silenced: { at: at('09:00:00'), finding: critical.lead, source: 'guardduty' },
        },
        { archived: true },
      ),
      '09:00:00',
    ),
    ['critical:C1'],
  ],
  ['a HIGH case with its card pages nobody', facts(high, '11:00:00'), []],
  ['without its card neither, for ten minutes', facts(high, '09:09:59', noCard), []],
  ['then it does', facts(high, '09:10:00', noCard), ['unreachable:C1']],
  ['once', facts(sent(high, 'unreachable:C1'), '11:00:00', noCard), []],
  [
    'a MEDIUM case too',
    facts({ ...high, severity: 'MEDIUM' }, '09:10:00', noCard),
    ['unreachable:C1'],
  ],
  [
    'a rise that Slack shows pages nobody',
    facts(raised, '11:00:00', { messages: { ...card, 'raised:HIGH': {} } }),
    [],
  ],
  ['one that it does not show neither, for ten minutes', facts(raised, '09:29:59'), []],
  [
    'then it does, also after an earlier page',
    facts(sent(raised, 'unreachable:C1'), '09:30:00'),
    ['unreachable:C1:HIGH'],
  ],
  ['a request may wait for half of its time', facts(high, '09:07:29', waits), []],
  ['then its approvers are paged', facts(high, '09:07:30', waits), ['approval:R1:1']],
  ['once', facts(sent(high, 'approval:R1:1'), '09:10:00', waits), []],
  [
    'a new plan pages them anew',
    facts(sent(high, 'approval:R1:1'), '09:10:00', { approvals: [{ ...asked, planNumber: 2 }] }),
    ['approval:R1:2'],
  ],
  ['an answer that comes too late is not asked for', facts(high, '09:15:00', waits), []],
  [
    'everything that is due is paged',
    facts(critical, '09:10:00', { ...noCard, ...waits }),
    ['critical:C1', 'approval:R1:1'],
  ],
])('%s', (_, given, keys) => {
  expect(duePages(given).map(({ key }) => key)).toEqual(keys);
});

test('a page says what, where and why', () => {
  expect(duePages(facts(critical, '09:10:00', waits))).toEqual([
    {
      key: 'critical:C1',
      because: 'it is CRITICAL',
      subject: "CRITICAL: Server is talking to an attacker's control server",
      lines: [
        "CRITICAL: Server is talking to an attacker's control server",
        'Account 123456789012, region eu-west-1',
        'Resource i-0a1b2c3d4e5f60718',
        'Case C1',
        'You are paged because it is CRITICAL.',
      ],
    },
    {
      key: 'approval:R1:1',
      because: 'nobody answered a request for approval',
      subject: 'Approval needed: Isolate i-0a1b2c3d4e5f60718',
      lines: [
        "CRITICAL: Server is talking to an attacker's control server",
        'Approval needed until 09:15 UTC: Isolate i-0a1b2c3d4e5f60718, asked for by Maria Okafor',
        'Account 123456789012, region eu-west-1',
        'Resource i-0a1b2c3d4e5f60718',
        'Case C1',
        'You are paged because nobody answered a request for approval.',
      ],
    },
  ]);
});

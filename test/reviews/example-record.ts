/** The record of one case, to be changed by a test: opened at nine, contained at ten past, closed at half past. */
import type { Plan } from '../../src/actions/action.ts';
import type { Case } from '../../src/cases/case.ts';
import { openCase } from '../../src/cases/fold.ts';
import { untrusted } from '../../src/findings/finding.ts';
import type { Request } from '../../src/requests/request.ts';
import type { Recorded, ReviewRecord } from '../../src/reviews/record.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { findingOf } from '../findings/finding-of.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

export const at = (time: string): string => `2026-11-22T${time}:00.000Z`;

const opened = ((): Case => {
  const finding = findingOf(readEvent('guardduty-ec2-c2'));
  const decision = decide(finding, {
    rules: defaultRules,
    channel: 'C0SECURITY',
    severity: { card: 'MEDIUM', mention: 'HIGH' },
  });
  if (decision.kind !== 'card') throw new Error(decision.because);
  return openCase(
    { id: 'C0EXAMPLE1', groupKey: 'key', token: 'token' },
    { finding, decision, receivedAt: at('09:00') },
  );
})();

export const theCase: Case = {
  ...opened,
  firstAcknowledgedAt: at('09:05'),
  requests: ['R1'],
  resolved: {
    at: at('09:30'),
    by: 'U0MARIA',
    classification: 'true-positive',
    note: untrusted('Cleaned'),
  },
};

const plan: Plan = {
  kind: 'plan',
  action: 'isolate-instance',
  target: {
    kind: 'instance',
    id: 'i-0a1b2c3d4e5f60718',
    account: '123456789012',
    region: 'eu-west-1',
  },
  summary: 'Isolate it.',
  changes: [],
  cannot: [],
  blastRadius: { class: 'this resource only', lines: [] },
  reversible: { kind: 'yes' },
  tier: 2,
};

export const request: Request = {
  id: 'R1',
  version: 4,
  kind: 'contain',
  caseId: theCase.id,
  state: 'contained',
  plan,
  planHash: 'h',
  planNumber: 1,
  tier: 2,
  reason: { code: 'confirmed', label: 'Confirmed attack', text: '' },
  requestedBy: { id: 'T0/U0MARIA', team: 'T0', user: 'U0MARIA', name: 'Maria Okafor' },
  requestedAt: at('09:06'),
  approvedAt: at('09:08'),
  expiresAt: at('09:21'),
  remindAt: [],
  pageAt: [],
  ask: [],
  votes: [
    {
      person: { id: 'ana', team: 'T0', user: 'U0ANA', name: 'Ana Ortiz' },
      verdict: 'approve',
      at: at('09:08'),
      planHash: 'h',
    },
  ],
  reminded: [],
  token: 'token',
  run: 1,
  disclosed: [],
  steps: [],
  checks: 0,
  outbox: [],
};

export const entry = (kind: string, time: string, more: Partial<Recorded> = {}): Recorded => ({
  id: `${kind}/${time}`,
  at: at(time),
  kind,
  actor: 'cordon:worker',
  case: theCase.id,
  because: 'it is so',
  seq: 1,
  ...more,
});

export const contained = entry('request.contained', '09:10', {
  actor: 'cordon:executor',
  request: 'R1',
});

export const record: ReviewRecord = {
  theCase,
  requests: [request],
  entries: [contained],
  followUps: [],
  within: { acknowledge: { HIGH: 900_000 }, contain: 3_600_000, resolve: 7_200_000 },
  accountName: 'prod-payments',
  now: at('10:00'),
};

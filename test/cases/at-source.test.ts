import { expect, test } from 'vitest';
import { isDoubted } from '../../src/cases/at-source.ts';
import type { Case } from '../../src/cases/case.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { findingOf } from '../findings/finding-of.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const decision = ((): Case['decision'] => {
  const found = decide(findingOf(readEvent('guardduty-ec2-c2')), {
    rules: defaultRules,
    channel: 'C0SECURITY',
    severity: { card: 'MEDIUM', mention: 'HIGH' },
  });
  if (found.kind !== 'card') throw new Error(found.because);
  return found;
})();
const theft: Case['decision'] = { ...decision, attack: ['T1078.004'] };
const other: Case['decision'] = { ...decision, attack: ['T1071'] };

const at = '2026-11-22T09:00:00.000Z';
const guardDuty = 'arn:aws:guardduty:eu-west-1:123456789012:detector/12ab/finding/34cd';
const silenced = { at, finding: guardDuty, source: 'guardduty' } as const;
const control = 'arn:aws:securityhub:eu-west-1:123456789012:security-control/IAM.5/finding/56ef';
const suppression = { until: at, reason: 'expected', by: 'U0MARIA', request: 'R1' };

type Row = readonly [string, Pick<Case, 'decision' | 'silenced' | 'suppression'>, boolean];

test.each<Row>([
  ['an archived finding about stolen credentials is doubted', { decision: theft, silenced }, true],
  [
    'also where its copy was resolved in Security Hub',
    { decision: theft, silenced: { ...silenced, source: 'securityhub-asff' } },
    true,
  ],
  ['one that was over when it came is not', { decision: theft }, false],
  ['nor one about something else', { decision: other, silenced }, false],
  ['nor what people suppressed', { decision: theft, silenced, suppression }, false],
  [
    'nor what people suppressed then, when that is over',
    { decision: theft, silenced: { ...silenced, suppressed: true } },
    false,
  ],
  [
    'nor a control that passes',
    { decision: theft, silenced: { at, finding: control, source: 'securityhub-asff' } },
    false,
  ],
])('%s', (_, theCase, doubted) => {
  expect(isDoubted(theCase)).toBe(doubted);
});

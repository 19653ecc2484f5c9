/** The synthetic finding of the doctor, as GuardDuty would send a sample of its own. */
import { createHash } from 'node:crypto';
import type { CordonConfig } from '../../../config/config.ts';
import type { Severity } from '../../../findings/finding.ts';

/** docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const scores: Readonly<Record<Severity, number>> = {
  INFORMATIONAL: 1,
  LOW: 2,
  MEDIUM: 5,
  HIGH: 8,
  CRITICAL: 9.5,
};

/** 32 hexadecimal digits, as GuardDuty's ids. */
export const rehearsalId = (random: string): string =>
  createHash('sha256').update(random).digest('hex').slice(0, 32);

/** Just severe enough for a card. `now` in milliseconds since 1970. */
export const rehearsalEvent = (
  { securityAccount: account, homeRegion: region, severity }: CordonConfig,
  { id, archived, now }: { readonly id: string; readonly archived: boolean; readonly now: number },
) => {
  const at = new Date(now).toISOString();
  return {
    version: '0',
    id: `${id.slice(0, 8)}-${archived ? 'end' : 'begin'}`,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: at,
    region,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region,
      partition: 'aws',
      id,
      arn: `arn:aws:guardduty:${region}:${account}:detector/00000000000000000000000000000000/finding/${id}`,
      type: 'UnauthorizedAccess:EC2/TorClient',
      resource: {
        resourceType: 'Instance',
        instanceDetails: { instanceId: `i-${id.slice(0, 17)}` },
      },
      service: {
        serviceName: 'guardduty',
        detectorId: '00000000000000000000000000000000',
        resourceRole: 'TARGET',
        additionalInfo: { sample: true },
        eventFirstSeen: at,
        eventLastSeen: at,
        archived,
        count: 1,
      },
      severity: scores[severity.card],
      title: '[SAMPLE] cordon doctor: a synthetic finding on its way. Nothing is wrong.',
      description: 'Made by `cordon doctor`; its card goes by itself.',
      createdAt: at,
      updatedAt: at,
    },
  };
};

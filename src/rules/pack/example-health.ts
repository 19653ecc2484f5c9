/** What AWS Health sends to EventBridge about risks and abuse. */
import { account, eventFrom, region } from './example-event.ts';

/** An event of that code about one entity: an access key id, an ARN or an id. */
export const healthEvent = (eventTypeCode: `AWS_${string}`, entityValue: string): unknown =>
  eventFrom(
    'aws.health',
    eventTypeCode.startsWith('AWS_ABUSE_') ? 'AWS Health Abuse Event' : 'AWS Health Event',
    {
      eventArn: `arn:aws:health:${region}::event/RISK/${eventTypeCode}/${eventTypeCode}_0001`,
      service: eventTypeCode.split('_')[1],
      eventTypeCode,
      eventTypeCategory: 'issue',
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      startTime: 'Sun, 22 Nov 2026 08:30:00 GMT',
      lastUpdatedTime: 'Sun, 22 Nov 2026 08:55:00 GMT',
      statusCode: 'open',
      eventRegion: region,
      eventDescription: [{ language: 'en_US', latestDescription: 'Example event' }],
      affectedEntities: [{ entityValue }],
      affectedAccount: account,
      page: '1',
      totalPages: '1',
      backupEvent: 'false',
    },
  );

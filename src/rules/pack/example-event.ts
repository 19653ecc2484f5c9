/** What the events of the rules' examples have in common; synthetic ids. */

export const account = '123456789012';
export const region = 'eu-west-1';

/** An event as EventBridge delivers it. */
export const eventFrom = (
  source: string,
  detailType: string,
  detail: Readonly<Record<string, unknown>>,
): unknown => ({
  version: '0',
  id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
  'detail-type': detailType,
  source,
  account,
  time: '2026-11-22T09:00:00Z',
  region,
  resources: [],
  detail,
});

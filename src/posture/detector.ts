/** GuardDuty has one detector in each account and Region where it is on. */
import type { Reader } from './question.ts';

export const detectorOf = async (reader: Reader): Promise<string | undefined> =>
  (await reader.call('guardduty:ListDetectors', {})).DetectorIds?.[0];

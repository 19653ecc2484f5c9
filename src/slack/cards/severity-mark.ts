/** Our own mark of a severity: shape and word, never colour alone. */
import type { Severity } from '../../findings/finding.ts';
import { type MrkdwnText, mrkdwn } from '../mrkdwn.ts';

const marks: Readonly<Record<Severity, MrkdwnText>> = {
  CRITICAL: mrkdwn`:rotating_light: *CRITICAL*`,
  HIGH: mrkdwn`:red_circle: *HIGH*`,
  MEDIUM: mrkdwn`:large_orange_circle: *MEDIUM*`,
  LOW: mrkdwn`:large_yellow_circle: *LOW*`,
  INFORMATIONAL: mrkdwn`:white_circle: *INFORMATIONAL*`,
};

export const severityMark = (severity: Severity): MrkdwnText => marks[severity];

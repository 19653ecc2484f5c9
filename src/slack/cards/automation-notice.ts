/** The switch and the breakers of automation, as a message that belongs to no case. */
import { mention, mrkdwn, ours } from '../mrkdwn.ts';
import { literal, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

export const automationNotice = ({
  icon,
  title,
  lines,
  call,
}: {
  readonly icon: ':rotating_light:' | ':no_entry:' | ':white_check_mark:';
  readonly title: string;
  /** Drawn literally. */
  readonly lines: readonly string[];
  /** Slack ids of whom it calls. */
  readonly call: readonly string[];
}): DesiredMessage => ({
  key: 'automation',
  inThread: false,
  broadcast: false,
  text: safe(title, 120),
  blocks: [
    {
      type: 'section',
      block_id: 'automation',
      text: call.reduce(
        (text, id) => mrkdwn`${text} ${mention(id)}`,
        mrkdwn`${ours(icon)} *${safe(title, 120)}*`,
      ),
    },
    richText(lines.map((line) => [literal(line, undefined, 600)])),
  ],
});

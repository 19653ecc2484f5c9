/** Why the sources of a resolved case's findings are not told: said in the thread, calls nobody. */
import type { Case } from '../../cases/case.ts';
import { mrkdwn } from '../mrkdwn.ts';
import { literal, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

export const writeBackMessage = ({ writeBack, decision }: Case): readonly DesiredMessage[] =>
  writeBack?.because
    ? [
        {
          key: `not-written-back:${writeBack.at}`,
          inThread: true,
          broadcast: false,
          text: safe(`Not written back to its source: ${decision.title}`, 120),
          blocks: [
            {
              type: 'section',
              block_id: 'not-written-back',
              text: mrkdwn`:information_source: *Not written back*: the case is resolved, and its findings stay as they are at their source.`,
            },
            richText([[literal(writeBack.because, undefined, 600)]]),
          ],
        },
      ]
    : [];

/** A drill in its thread: what it is and who is asked, and at its end the score. Watermarks all of its case. */
import type { KnownBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import type { DrillEnd, DrillMark } from '../../cases/drill-mark.ts';
import { type MrkdwnText, mention, mrkdwn, time } from '../mrkdwn.ts';
import { literal, richList, richText } from '../rich-text.ts';
import type { DesiredMessage } from './desired-message.ts';

/** Drawn where somebody could take it for real. */
export const drillBlock: KnownBlock = {
  type: 'context',
  block_id: 'drill',
  elements: [mrkdwn`:test_tube: *DRILL* · all of this is made up, and nothing of it reaches AWS`],
};

/** The case's header stays the first line, and says so itself. */
export const watermarked = (message: DesiredMessage, { drill }: Case): DesiredMessage => {
  if (!drill) return message;
  const [first, ...rest] = message.blocks;
  const blocks =
    first?.type === 'header' ? [first, drillBlock, ...rest] : [drillBlock, ...message.blocks];
  return {
    ...message,
    text: message.text.includes('DRILL') ? message.text : `DRILL: ${message.text}`,
    blocks,
  };
};

const asked = ({ people }: DrillMark): MrkdwnText =>
  people.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);

const begin = (drill: DrillMark): DesiredMessage => ({
  key: `drill:${drill.id}`,
  inThread: true,
  broadcast: drill.people.length > 0,
  text: 'DRILL: a drill has begun',
  blocks: [
    {
      type: 'section',
      block_id: 'drill-begin',
      text: mrkdwn`:test_tube: *This is a drill.*${asked(drill)} ${drill.people.length > 0 ? mrkdwn`You are asked to take part. ` : mrkdwn``}Work on the card above as if it were real, and resolve it at the end. It is over at ${time(Date.parse(drill.until) / 1000, `${drill.until.slice(11, 16)} UTC`)} at the latest; then this thread tells how it went.`,
    },
    richText([[literal(drill.story, 'italic', 300)]]),
  ],
});

const goalLine = ({ title, met, told }: DrillEnd['goals'][number]) => [
  literal(`${met ? '✓' : '✗'} ${title}`, met ? undefined : 'bold', 150),
  literal(`: ${told}`, undefined, 400),
];

const end = (drill: DrillMark, { at, goals, lines, tookPart }: DrillEnd): DesiredMessage => {
  const met = goals.filter((goal) => goal.met).length;
  return {
    key: `drill-end:${drill.id}`,
    inThread: true,
    broadcast: true,
    text: `DRILL: it is over, ${met} of ${goals.length} goals were met`,
    blocks: [
      {
        type: 'section',
        block_id: 'drill-end',
        text: mrkdwn`:checkered_flag: *The drill is over* ${time(Date.parse(at) / 1000, `${at.slice(11, 16)} UTC`)}: *${met} of ${goals.length} goals* were met by ${tookPart.length} ${tookPart.length === 1 ? mrkdwn`person` : mrkdwn`people`}.`,
      },
      richList('bullet', goals.map(goalLine)),
      richText(lines.map((line) => [literal(line, undefined, 400)])),
    ],
  };
};

/** In the order in which they are posted. */
export const drillMessages = ({ drill }: Case): readonly DesiredMessage[] =>
  drill ? [begin(drill), ...(drill.ended ? [end(drill, drill.ended)] : [])] : [];

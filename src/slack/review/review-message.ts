/** That a review was drafted, in the thread: where its canvas is, or what it says where there is none. */
import type { KnownBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import type { CaseReview, ReviewLine, ReviewSection } from '../../cases/case-review.ts';
import { button } from '../cards/button.ts';
import type { DesiredMessage } from '../cards/desired-message.ts';
import { controls, reference } from '../controls.ts';
import { link, mrkdwn, ours } from '../mrkdwn.ts';
import { type Element, literal, richList, richText } from '../rich-text.ts';
import { safe } from '../text.ts';

const elements = (line: ReviewLine): readonly Element[] =>
  line.map((piece) =>
    'quoted' in piece
      ? literal(piece.quoted, 'code')
      : // `literal` trims: what stands between two pieces keeps its spaces.
        { type: 'text', text: piece.words },
  );

const drawn = (sections: readonly ReviewSection[]): readonly KnownBlock[] =>
  sections.flatMap(({ title, lines }) => [
    richText([[literal(title, 'bold')]]),
    richList('bullet', lines.map(elements)),
  ]);

/** docs.slack.dev/reference/methods/canvases.access.set: a canvas is shared by its link. */
const canvasUrl = (workspace: string, id: string): string =>
  `https://slack.com/docs/${workspace}/${id}`;

const headline = ({ draft, canvas, because }: CaseReview) => {
  if (because)
    return mrkdwn`:memo: *${ours(draft > 1 ? 'The review was drafted again' : 'A review was drafted')} from the record.* It is here, because ${ours(because)}.`;
  return canvas
    ? mrkdwn`:memo: *A review was drafted from the record.* It is yours from now on: write in it. Cordon changes nothing in it any more.`
    : mrkdwn`:memo: *A review was drafted from the record.*`;
};

/** `workspace`: Slack team id. */
export const reviewMessages = (theCase: Case, workspace: string): readonly DesiredMessage[] => {
  const { review, id, token } = theCase;
  if (!review) return [];
  const { canvas, sections } = review;
  return [
    {
      key: `post-review:${review.draft}`,
      inThread: true,
      broadcast: false,
      text: safe(`A review was drafted: ${theCase.decision.title}`, 120),
      blocks: [
        { type: 'section', block_id: 'review-drafted', text: headline(review) },
        ...(canvas
          ? [
              {
                type: 'section' as const,
                block_id: 'review-canvas',
                text: link(canvasUrl(workspace, canvas.id), 'Open the review'),
              },
            ]
          : []),
        ...(sections ? drawn(sections) : []),
        {
          type: 'actions',
          block_id: 'review-next',
          elements: [
            button({
              id: controls.followUp,
              label: 'Add follow-up…',
              value: reference(id, token),
              style: 'primary',
            }),
          ],
        },
      ],
    },
  ];
};

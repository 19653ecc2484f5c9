/** What automation made of a case, as messages of their own: what it would have done, why it did not, what it did. */
import type { Case } from '../../cases/case.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import { hasBegun, needsReview, type Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { mrkdwn } from '../mrkdwn.ts';
import { literal, richList, richText, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import { reviewButton } from './announced.ts';
import { button } from './button.ts';
import type { DesiredMessage } from './desired-message.ts';
import { callRequester, namedRequester } from './requester.ts';

const mostLines = 6;

const shadow = ({ automated }: Case): readonly DesiredMessage[] => {
  if (automated?.outcome !== 'shadow') return [];
  const { lines, entry, title } = automated;
  return [
    {
      key: `automation:${automated.at}`,
      inThread: true,
      broadcast: false,
      text: safe(`Automation would have run: ${title}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'shadow',
          text: mrkdwn`:ghost: *Automation would have run this* (${safe(entry, 60)}, in shadow). Nothing was changed.`,
        },
        richText([[literal(automated.because, 'bold', 300)]]),
        ...(lines.length > 0
          ? [
              richList(
                'bullet',
                lines.slice(0, mostLines).map((line) => [literal(line, undefined, 200)]),
              ),
            ]
          : []),
        ...(lines.length > mostLines
          ? [richText([[words(`and ${lines.length - mostLines} more`)]])]
          : []),
      ],
    },
  ];
};

/** Where nothing runs that was meant to, people have to know that it is theirs. */
const held = (theCase: Case): readonly DesiredMessage[] => {
  const { automated } = theCase;
  // Outside the accounts of the list nobody expects anything to run.
  if (automated?.outcome !== 'held' || automated.code === 'account-not-allowed') return [];
  const resource = mainResource(leadFinding(theCase));
  return [
    {
      key: `automation:${automated.at}`,
      inThread: true,
      broadcast: automated.mode !== 'shadow',
      text: safe(`Automation does not run: ${automated.because}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'automation-held',
          text: mrkdwn`:raised_hand: *Automation does not run here* (${safe(automated.entry, 60)}, ${safe(automated.mode, 10)}). It is for people: decide on the card.`,
        },
        richText([
          [literal(automated.because, undefined, 600)],
          ...(resource ? [[words('About '), literal(resource.id, 'code', 120)]] : []),
        ]),
      ],
    },
  ];
};

/** In the order in which they are posted. */
export const automationMessages = (theCase: Case): readonly DesiredMessage[] => [
  ...shadow(theCase),
  ...held(theCase),
];

/** Stays what it is once somebody has reviewed it, without its button. */
export const automationReview = (request: Request): readonly DesiredMessage[] => {
  const { automation, ended } = request;
  if (!automation || !ended || !hasBegun(request)) return [];
  const waits = needsReview(request);
  return [
    {
      key: `automation-review:${request.id}`,
      inThread: true,
      broadcast: true,
      text: safe(`Ran by itself: ${request.plan.summary}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'automation-review',
          text: waits
            ? mrkdwn`:robot_face: ${callRequester(request)} *this ran by itself; was it right?* Look at the card above. If not, undo it there.`
            : mrkdwn`:robot_face: *This ran by itself.*`,
        },
        richText([
          [literal(request.plan.summary, 'bold', 300)],
          [words('Asked by '), namedRequester(request)],
          ...(automation.reviewed
            ? [
                [
                  words('Reviewed by '),
                  literal(automation.reviewed.by.name ?? automation.reviewed.by.user, 'bold', 80),
                ],
              ]
            : []),
        ]),
        ...(waits
          ? [
              {
                type: 'actions' as const,
                block_id: 'automation-review-controls',
                elements: [
                  reviewButton(request),
                  button({
                    id: controls.undo,
                    label: 'Undo',
                    value: reference(request.id, request.token),
                  }),
                ],
              },
            ]
          : []),
      ],
    },
  ];
};

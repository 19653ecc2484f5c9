/** What people and the clock bring a case, as messages of their own: an edit of the card wakes nobody. */
import type { KnownBlock } from '@slack/types';
import { isWriteBack } from '../../actions/parts.ts';
import type { Case, Escalated } from '../../cases/case.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import type { Request } from '../../requests/request.ts';
import { calledAt } from '../../rules/on-call.ts';
import { controls, reference } from '../controls.ts';
import { type MrkdwnText, mention, mrkdwn, time } from '../mrkdwn.ts';
import { literal, richText, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import { button } from './button.ts';
import type { DesiredMessage } from './desired-message.ts';
import { severityMark } from './severity-mark.ts';

interface Facts {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  readonly config: CordonConfig;
}

const clock = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const mentions = (ids: readonly string[]): MrkdwnText =>
  ids.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);

/** Whoever has it, else who was on call then; never the one who did it. */
const toTell = ({ theCase, config }: Facts, at: string, by?: string): readonly string[] => {
  const { decision, assignee, raised, returned } = theCase;
  // What woke it is a message of its own, and calls people.
  if (at === raised?.at || at === returned?.at) return [];
  if (assignee) return assignee === by ? [] : [assignee];
  return decision.mention ? (decision.onCall ?? calledAt(config.onCall, Date.parse(at))) : [];
};

const told = (
  theCase: Case,
  parts: {
    readonly key: string;
    readonly block: string;
    readonly text: string;
    readonly says: MrkdwnText;
    readonly more?: readonly KnownBlock[];
  },
): DesiredMessage => ({
  key: parts.key,
  inThread: true,
  broadcast: true,
  text: safe(`${parts.text}: ${theCase.decision.title}`, 120),
  blocks: [{ type: 'section', block_id: parts.block, text: parts.says }, ...(parts.more ?? [])],
});

/** What another channel is told: it does not see the card. */
const elsewhere = ({ theCase, config }: Facts, done: Escalated, to: string): DesiredMessage => {
  const finding = leadFinding(theCase);
  const resource = mainResource(finding);
  return {
    key: `escalated-to:${theCase.escalation?.since}:${done.step}`,
    inThread: false,
    broadcast: false,
    to,
    text: safe(`Nobody has acknowledged: ${theCase.decision.title}`, 120),
    blocks: [
      {
        type: 'section',
        block_id: 'escalated',
        text: mrkdwn`${severityMark(theCase.severity)} *Nobody has acknowledged this case* since ${clock(theCase.escalation?.since ?? theCase.openedAt)}.${mentions(done.mention)}`,
      },
      richText([
        [literal(theCase.decision.title, 'bold', 150)],
        [
          literal(config.accounts[finding.account]?.name ?? finding.account, undefined, 60),
          words(' · '),
          literal(finding.region),
          ...(resource ? [words(' · '), literal(resource.id, 'code', 120)] : []),
        ],
        [words('Case '), literal(theCase.id, 'code'), words(' in the channel of its card')],
      ]),
    ],
  };
};

/** One message a step. Where another channel is told, the people are called there. */
const escalated = (facts: Facts): readonly DesiredMessage[] => {
  const { theCase } = facts;
  return (theCase.escalation?.done ?? []).flatMap((done) => {
    if (done.channel) return [elsewhere(facts, done, done.channel)];
    if (done.mention.length === 0) return [];
    return [
      told(theCase, {
        key: `escalated:${theCase.escalation?.since}:${done.step}`,
        block: 'escalated',
        text: 'Nobody has acknowledged',
        says: mrkdwn`:alarm_clock: *Nobody has acknowledged this yet.*${mentions(done.mention)} Acknowledge on the card, then nobody is called again.`,
      }),
    ];
  });
};

const assigned = ({ theCase }: Facts): readonly DesiredMessage[] =>
  theCase.assigned && theCase.assigned.to !== theCase.assigned.by
    ? [
        {
          ...told(theCase, {
            key: `assigned:${theCase.assigned.at}`,
            block: 'assigned',
            text: 'This is yours',
            says: mrkdwn`:bust_in_silhouette: ${mention(theCase.assigned.to)} *this is yours now*, given to you by ${named(theCase.assigned.by)}.`,
          }),
          broadcast: false,
        },
      ]
    : [];

/** Drawn without a mention: nobody is pinged by what they did. */
const named = (user: string): MrkdwnText => mrkdwn`${safe(user, 30)}`;

const snoozeOver = (facts: Facts): readonly DesiredMessage[] => {
  const { snoozeEnded } = facts.theCase;
  return snoozeEnded
    ? [
        told(facts.theCase, {
          key: `snooze-ended:${snoozeEnded.at}`,
          block: 'snooze-ended',
          text: 'The snooze is over',
          says: mrkdwn`:bell: *The snooze is over*, because ${safe(snoozeEnded.because, 200)}.${mentions(toTell(facts, snoozeEnded.at))}`,
        }),
      ]
    : [];
};

/** Its sources were told that it is over: that is to be taken back as well. */
const writtenBack = ({ requests }: Facts): readonly KnownBlock[] => {
  const inForce = requests.find(({ state, plan }) => state === 'contained' && isWriteBack(plan));
  return inForce
    ? [
        richText([[words('Its findings are still closed at their source.')]]),
        {
          type: 'actions',
          block_id: 'take-back',
          elements: [
            button({
              id: controls.undo,
              label: 'Open them again',
              value: reference(inForce.id, inForce.token),
            }),
          ],
        },
      ]
    : [];
};

const reopened = (facts: Facts): readonly DesiredMessage[] => {
  const { reopened: again } = facts.theCase;
  return again
    ? [
        told(facts.theCase, {
          key: `reopened:${again.at}`,
          block: 'reopened',
          text: 'Open again',
          says: mrkdwn`:leftwards_arrow_with_hook: *Open again*, because ${safe(again.because, 200)}.${mentions(toTell(facts, again.at, again.by))}`,
          more: writtenBack(facts),
        }),
      ]
    : [];
};

/** Whoever had it is called only where Cordon did it: else it was said to a colleague. */
const absorbedCases = ({ theCase }: Facts): readonly DesiredMessage[] =>
  (theCase.absorbed ?? []).map(({ id, by, because, had }) => ({
    ...told(theCase, {
      key: `absorbed:${id}`,
      block: 'absorbed',
      text: 'Another case goes on here',
      says: mrkdwn`:twisted_rightwards_arrows: *Case ${safe(id, 20)} goes on here.*${mentions(by || !had ? [] : [had])}${because ? mrkdwn` ${safe(because, 200)}.` : mrkdwn``} Its findings are on the card above; what was asked for there stays in its own thread.`,
    }),
    broadcast: false,
  }));

/** The direct message to whoever is behind the principal; without its buttons once it is answered. */
const question = ({ theCase }: Facts): readonly DesiredMessage[] => {
  const { asked } = theCase;
  if (!asked) return [];
  const finding = leadFinding(theCase);
  const value = reference(theCase.id, asked.token);
  return [
    {
      key: `asked:${asked.at}`,
      inThread: false,
      broadcast: false,
      to: asked.user,
      text: safe(`Was this you? ${theCase.decision.title}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'question',
          text: mrkdwn`:raising_hand: *Was this you?* Security sees something done in your name.`,
        },
        richText([
          [literal(theCase.decision.title, 'bold', 150)],
          [literal(finding.title, undefined, 300)],
          [words('As '), literal(asked.principal, 'code', 200)],
          [
            words('In '),
            literal(finding.account),
            words(' · '),
            literal(finding.region),
            words(`, last seen ${finding.lastSeen.slice(0, 16).replace('T', ' ')} UTC`),
          ],
        ]),
        ...(asked.answer
          ? [
              richText([
                [
                  literal(
                    asked.answer.yes
                      ? 'You answered: it was you. Somebody may still ask you about it.'
                      : 'You answered: it was not you. Security is on it; change your password now.',
                  ),
                ],
              ]),
            ]
          : [
              {
                type: 'actions' as const,
                block_id: 'answer',
                elements: [
                  button({ id: controls.wasMe, label: 'Yes, it was me', value }),
                  button({
                    id: controls.wasNotMe,
                    label: 'No, it was not me',
                    value,
                    style: 'danger',
                  }),
                ],
              },
            ]),
      ],
    },
  ];
};

const answered = (facts: Facts): readonly DesiredMessage[] => {
  const { asked } = facts.theCase;
  if (!asked?.answer) return [];
  const { yes, at } = asked.answer;
  // That severity rose is a message of its own, and calls people.
  const raised = facts.theCase.raised?.at === at;
  return [
    {
      ...told(facts.theCase, {
        key: `answered:${asked.at}`,
        block: 'answered',
        text: yes ? 'They say that it was them' : 'They say that it was NOT them',
        says: yes
          ? mrkdwn`:speech_balloon: *They say that it was them.* This closes nothing: whoever has the credentials may have answered.`
          : mrkdwn`:rotating_light: *They say that it was not them.*${mentions(raised ? [] : toTell(facts, at, asked.user))} Treat the credentials as stolen.`,
        more: [richText([[words('Asked about '), literal(asked.principal, 'code', 200)]])],
      }),
      broadcast: !yes,
    },
  ];
};

/** In the order in which they are posted. */
export const caseMessages = (facts: Facts): readonly DesiredMessage[] => [
  ...escalated(facts),
  ...assigned(facts),
  ...absorbedCases(facts),
  ...question(facts),
  ...answered(facts),
  ...snoozeOver(facts),
  ...reopened(facts),
];

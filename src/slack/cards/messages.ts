/**
 * Every message that Slack should show for a case, as a pure function of what is stored. notify
 * compares it with what Slack has. What needs a person is a message of its own, never only an edit.
 */

import { createHash } from 'node:crypto';
import { markLacking, type Offer, offersFor } from '../../actions/offers.ts';
import type { DeployedRoles } from '../../actions/role-version.ts';
import type { Case } from '../../cases/case.ts';
import {
  caseActions,
  caseResources,
  caseSituation,
  leadFinding,
} from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import { playbookOffer } from '../../playbooks/offers.ts';
import type { Request } from '../../requests/request.ts';
import { tierOf } from '../../requests/tiers.ts';
import { calledAt } from '../../rules/on-call.ts';
import { mention, mrkdwn } from '../mrkdwn.ts';
import { forReaders } from '../redact.ts';
import { reviewMessages } from '../review/review-message.ts';
import { literal, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { Alone } from './alone.ts';
import { automationMessages, automationReview } from './automation-messages.ts';
import { caseCard, caseText } from './case-card.ts';
import { caseMessages } from './case-messages.ts';
import { reviewMessage } from './containment-review.ts';
import { counterMessages } from './counter-messages.ts';
import type { DesiredMessage } from './desired-message.ts';
import { drillMessages, watermarked } from './drill-messages.ts';
import { evidenceMessages } from './evidence-message.ts';
import { newsMessages } from './news-message.ts';
import { noActions, observedOnly } from './no-actions.ts';
import { offerLabel, recommended } from './offered.ts';
import { requestCard, requestText, supersededCard } from './request-card.ts';
import { requestNews } from './request-news.ts';
import { severityMark } from './severity-mark.ts';
import { openedByCordon, silencedMessage } from './silenced-message.ts';
import { suppressionMessages } from './suppression-messages.ts';
import { writeBackMessage } from './write-back-message.ts';

export interface Desired {
  readonly theCase: Case;
  /** Its requests, oldest first. */
  readonly requests: readonly Request[];
  readonly config: CordonConfig;
  /** Of its accounts and of the administrator's. */
  readonly roles: DeployedRoles;
  /** How many findings it has; the told ones are few of them. */
  readonly counted: number;
  /** When the card was posted; milliseconds since 1970. */
  readonly postedAt: number;
}

/**
 * Ids of whom a message about what happened `at` (ISO 8601 UTC) calls: the route's people, else who
 * was on call then, so that a handover redraws nothing; nobody when it is quiet.
 */
const onCallOf = (
  { theCase: { decision }, config }: Pick<Desired, 'theCase' | 'config'>,
  at: string,
): readonly string[] =>
  decision.mention ? (decision.onCall ?? calledAt(config.onCall, Date.parse(at))) : [];

const offersOf = ({ theCase, config, roles }: Desired): readonly Offer[] =>
  markLacking(offersFor(caseActions(theCase), caseResources(theCase)), roles, config);

const card = (desired: Desired): DesiredMessage => {
  const { theCase, requests, config, counted, postedAt } = desired;
  const account = config.accounts[leadFinding(theCase).account];
  const facts = {
    theCase,
    requests,
    offers: offersOf(desired),
    playbook: playbookOffer(caseSituation(theCase)),
    accountName: account?.name,
    ou: account?.ou,
    owner: account?.owner,
    noActions: noActions(config, theCase),
    observed: observedOnly(config, theCase),
    onCall: onCallOf(desired, theCase.openedAt),
    counted,
    postedAt,
    masked: config.wideChannels.includes(theCase.channel),
  };
  return {
    key: 'card',
    inThread: false,
    broadcast: false,
    findings: counted,
    text: caseText(facts),
    blocks: caseCard(facts),
  };
};

/** Actions of the case that one responder may run, as far as they are still offered. */
const aloneOf = (desired: Desired): Alone => {
  const { theCase, requests, config } = desired;
  const offers =
    noActions(config, theCase) || observedOnly(config, theCase)
      ? []
      : recommended(requests, offersOf(desired)).filter(({ lacking }) => !lacking);
  const own = offers.filter(({ action, target }) => tierOf(config, action, target) <= 1);
  return {
    actions: own.map((offer) => offerLabel(offer, offers)),
    breakGlass: config.approval.breakGlass,
  };
};

const requestMessages = (desired: Desired, request: Request): readonly DesiredMessage[] => {
  const facts = {
    theCase: desired.theCase,
    request,
    accountName: desired.config.accounts[request.plan.target.account]?.name,
    approvers: request.ask,
    quickUndoMinutes: desired.config.approval.quickUndoMinutes,
    undo: desired.requests.find(({ id }) => id === request.undoneBy),
    alone: aloneOf(desired),
  };
  const superseded = Array.from({ length: request.planNumber - 1 }, (_, index) => ({
    key: `request:${request.id}:${index + 1}`,
    inThread: true,
    broadcast: request.tier >= 2,
    text: 'This plan is void: live state changed.',
    blocks: supersededCard(),
  }));
  return [
    ...superseded,
    {
      key: `request:${request.id}:${request.planNumber}`,
      inThread: true,
      broadcast: request.tier >= 2 || request.automation !== undefined,
      text: requestText(facts),
      blocks: requestCard(facts),
    },
    ...counterMessages(request),
    ...requestNews(request),
    ...automationReview(request),
    ...reviewMessage(request),
    ...suppressionMessages(request),
  ];
};

/** Said only of a suppression that was in force. */
const suppressionOver = ({ theCase, requests }: Desired): readonly DesiredMessage[] =>
  theCase.suppressionEnded &&
  requests.some(
    ({ id, ended, state }) =>
      id === theCase.suppressionEnded?.request && ended && state !== 'failed',
  )
    ? [
        {
          key: `suppression-ended:${theCase.suppressionEnded.at}`,
          inThread: true,
          broadcast: true,
          text: 'The suppression is over',
          blocks: [
            richText([
              [literal('The suppression is over', 'bold')],
              [literal(`It ended because ${theCase.suppressionEnded.because}.`)],
            ]),
          ],
        },
      ]
    : [];

/** Worse than when people last looked: an edit of the card would wake nobody. */
const raisedMessage = (desired: Desired): readonly DesiredMessage[] => {
  const { theCase } = desired;
  if (!theCase.raised) return [];
  const called = onCallOf(desired, theCase.raised.at).reduce(
    (text, id) => mrkdwn`${text} ${mention(id)}`,
    mrkdwn``,
  );
  return [
    {
      key: `raised:${theCase.raised.to}`,
      anew: true,
      inThread: true,
      broadcast: true,
      text: safe(`Severity rose to ${theCase.raised.to}: ${theCase.decision.title}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'raised',
          text: mrkdwn`${severityMark(theCase.raised.to)} *Severity rose.*${called} The card above shows the newest state.`,
        },
      ],
    },
  ];
};

/** It was over, and is there again: somebody thought that this was done. */
const returnedMessage = (desired: Desired): readonly DesiredMessage[] => {
  const { returned } = desired.theCase;
  if (!returned || openedByCordon(returned, desired.requests)) return [];
  const called = onCallOf(desired, returned.at).reduce(
    (text, id) => mrkdwn`${text} ${mention(id)}`,
    mrkdwn``,
  );
  return [
    {
      key: `returned:${returned.at}`,
      anew: true,
      inThread: true,
      broadcast: true,
      text: safe(`It is back: ${desired.theCase.decision.title}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'returned',
          text: mrkdwn`:leftwards_arrow_with_hook: *It is back.*${called} Its source had said that it was over. The card above shows the newest state.`,
        },
      ],
    },
  ];
};

/** In the order in which they are posted. */
export const desiredMessages = (desired: Desired): readonly DesiredMessage[] =>
  messages(desired)
    .map((message) => watermarked(message, desired.theCase))
    .map((message) => forReaders(message, desired.theCase.channel, desired.config.wideChannels));

const messages = (desired: Desired): readonly DesiredMessage[] => [
  card(desired),
  ...desired.requests.flatMap((request) => requestMessages(desired, request)),
  ...suppressionOver(desired),
  ...newsMessages(desired.theCase),
  ...silencedMessage(desired.theCase, desired.requests, (at) => onCallOf(desired, at)),
  ...returnedMessage(desired),
  ...raisedMessage(desired),
  ...caseMessages(desired),
  ...automationMessages(desired.theCase),
  ...writeBackMessage(desired.theCase),
  ...evidenceMessages(desired.theCase),
  ...reviewMessages(desired.theCase, desired.config.workspace),
  ...drillMessages(desired.theCase),
];

/** Equal when nothing that people see differs. */
export const drawnHash = (message: DesiredMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([message.text, message.blocks]))
    .digest('hex')
    .slice(0, 32);

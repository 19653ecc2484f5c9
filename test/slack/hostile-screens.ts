/** Every screen that our builders draw, with what others wrote in each place where others write. */

import { config } from '../../cordon.config.ts';
import type { Surface } from '../../src/slack/block-limits.ts';
import { automationNotice } from '../../src/slack/cards/automation-notice.ts';
import { desiredMessages } from '../../src/slack/cards/messages.ts';
import { rollUpCard } from '../../src/slack/cards/roll-up.ts';
import { timelineOf } from '../../src/slack/cards/timeline.ts';
import { digestMessage } from '../../src/slack/digest/digest-message.ts';
import { homeView } from '../../src/slack/home/home-view.ts';
import {
  addMessageView,
  assignView,
  followUpView,
  mergeView,
  resolveView,
  snoozeView,
  splitView,
} from '../../src/slack/modals/case-forms.ts';
import { optionsView } from '../../src/slack/modals/case-options.ts';
import { noticeBlocks, noticeText, noticeView } from '../../src/slack/modals/notice.ts';
import { planView } from '../../src/slack/modals/plan.ts';
import { requestView } from '../../src/slack/modals/request.ts';
import { breakGlassView, denyView, skipView } from '../../src/slack/modals/request-forms.ts';
import { timelineView } from '../../src/slack/modals/timeline.ts';
import { at } from '../reviews/example-record.ts';

import { type Facts, factsWith } from './hostile-facts.ts';
import type { Written } from './hostile-words.ts';

export type Drawn = readonly [name: string, surface: Surface, payload: unknown];

const message = (name: string, { text, blocks }: { text: string; blocks: unknown }): Drawn => [
  name,
  'message',
  { text, blocks },
];
const modal = (name: string, view: unknown): Drawn => [name, 'modal', view];

const messages = ({
  say,
  each,
  few,
  cases,
  theCase,
  requests,
  notice,
  answer,
  digest,
  many,
}: Facts): readonly Drawn[] => [
  ...cases.flatMap((one) =>
    desiredMessages({
      theCase: one,
      requests,
      config,
      roles: new Map(),
      counted: many,
      postedAt: Date.parse(at('09:00')),
    }).map((each_) => message(each_.key, each_)),
  ),
  message('digest', digestMessage(digest, 'chart')),
  message('digest as a table', digestMessage(digest, 'table')),
  message(
    'automation notice',
    automationNotice({
      icon: ':no_entry:',
      title: say(),
      lines: [say(), ...few(4)],
      call: ['U0LEE'],
    }),
  ),
  message(
    'roll-up',
    rollUpCard({
      startedAt: at('09:00'),
      at: Date.parse(at('09:01')),
      findings: 9,
      reading: 1,
      waiting: 9,
      waitingCases: 9,
      lines: each(() => ({ theCase, unseen: 3 })),
    }),
  ),
  message('posture answer', {
    text: noticeText(notice),
    blocks: noticeBlocks({ ...notice, entries: [] }),
  }),
  message('answer', { text: noticeText(answer), blocks: noticeBlocks(answer) }),
];

const viewsOfPlans = ({
  say,
  each,
  lines,
  theCase,
  requests,
  single,
  whole,
  entries,
  answer,
}: Facts): readonly Drawn[] => {
  const account = say();
  const screen = { request: requests[1], theCase, accountName: account, mayVote: true };
  const screenOfPlan = {
    plan: whole,
    token: 'token',
    accountName: account,
    severity: 'HIGH',
    suppression: config.suppression,
    quickUndo: false,
    note: say(),
    choices: [],
  } as const;
  return [
    modal('answer in a modal', noticeView(answer)),
    [
      'home',
      'home',
      homeView(each((n) => ({ id: `s${n}`, title: say(), lines: lines(), entries }))),
    ],
    modal('plan', planView({ ...screenOfPlan, kind: 'contain' })),
    modal('plan of an undo', planView({ ...screenOfPlan, kind: 'undo', plan: single })),
    modal('request', requestView(screen)),
    modal('deny', denyView(screen.request, account)),
    modal('skip', skipView(screen.request, account)),
    modal('break glass', breakGlassView(screen.request, account)),
  ];
};

const viewsOfCases = ({ say, each, theCase, requests }: Facts): readonly Drawn[] => [
  modal('resolve', resolveView(theCase)),
  modal('snooze', snoozeView(theCase)),
  modal('assign', assignView(theCase, 'U0LEE')),
  modal('follow-up', followUpView(theCase, 'U0LEE', '2026-12-01')),
  modal(
    'merge',
    mergeView(
      theCase,
      each((n) => ({ ...theCase, id: `C0000000${10 + n}` })),
    ),
  ),
  modal(
    'add a message',
    addMessageView(
      each((n) => ({ ...theCase, id: `C0000000${10 + n}` })),
      { token: 't', text: say() },
    ),
  ),
  modal('split', splitView(theCase)),
  modal(
    'options',
    optionsView({ theCase, requests, offers: [], canAsk: true, accountName: say() }),
  ),
  modal(
    'timeline',
    timelineView(
      theCase,
      timelineOf({ theCase, requests, policy: config.escalation, now: at('10:00') }),
      0,
    ),
  ),
];

export const screensWith = (written: Written): readonly Drawn[] => {
  const facts = factsWith(written);
  return [...messages(facts), ...viewsOfPlans(facts), ...viewsOfCases(facts)];
};

/** What a rule asked for, before it starts: the countdown, who can stop it, and how that ended. */
import type { Button, KnownBlock } from '@slack/types';
import type { Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { type MrkdwnText, mention, mrkdwn, time } from '../mrkdwn.ts';
import { literal, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import { button } from './button.ts';
import { blastRadiusList, cannotList, changeList, undoLine } from './plan-blocks.ts';

const clock = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 19).replace('T', ' ')} UTC`);

/** `calls`: mentions of whom it calls. */
export const announcedLine = (
  { automation, requestedAt }: Request,
  calls: MrkdwnText,
): MrkdwnText =>
  mrkdwn`:hourglass_flowing_sand: *This runs by itself* ${clock(automation?.runsAt ?? requestedAt)} *unless somebody stops it.*${calls}`;

export const vetoedLine = ({ votes }: Request): MrkdwnText => {
  const user = votes.at(-1)?.person.user;
  return mrkdwn`:no_entry: *Stopped before it began*${user ? mrkdwn` by ${mention(user)}` : mrkdwn``}; nothing was changed`;
};

export const calledOffLine = (): MrkdwnText =>
  mrkdwn`:leftwards_arrow_with_hook: *Called off*: it does not run by itself; nothing was changed`;

export const announcedBody = (request: Request): readonly KnownBlock[] => [
  ...changeList(request.plan, 6),
  ...cannotList(request.plan, 2),
  ...blastRadiusList(request.plan, 3),
  richText([
    [literal(undoLine(request.plan, request.kind), undefined, 300)],
    [
      literal(
        'Any responder can stop it. If nobody acts, it starts within a minute after that time. What needs people is left for the card.',
      ),
    ],
  ]),
];

export const calledOffBody = ({ failure }: Request): readonly KnownBlock[] =>
  failure ? [richText([[literal(failure.because, undefined, 600)]])] : [];

export const announcedButtons = (value: string): Button[] => [
  button({ id: controls.veto, label: 'Stop it', value, style: 'danger' }),
  button({ id: controls.runNow, label: 'Run now', value }),
  button({ id: controls.viewPlan, label: 'View plan', value }),
];

/** The case card's line, and what comes next. */
export const announcedState = (request: Request, owner: MrkdwnText) => ({
  state: mrkdwn`:hourglass_flowing_sand: *Automation counts down*${owner}`,
  next: mrkdwn`${safe(request.plan.summary, 150)} starts ${clock(request.automation?.runsAt ?? request.requestedAt)} unless somebody stops it in the thread`,
});

/** Under what ran by itself, until somebody looked at it. */
export const reviewButton = (request: Request): Button =>
  button({
    id: controls.reviewed,
    label: 'Reviewed',
    value: reference(request.id, request.token),
    style: 'primary',
  });

/** What a person's home tab says: a pure choice from what is at hand. */

import type { Balance } from '../../cases/balance.ts';
import type { Case } from '../../cases/case.ts';
import type { CordonConfig } from '../../config/config.ts';
import { scopeInWords } from '../../findings/scope.ts';
import { needsReview, type Request } from '../../requests/request.ts';
import type { FollowUp } from '../../reviews/follow-up.ts';
import type { ScopedSuppression } from '../../rules/suppression.ts';
import { controls, reference } from '../../slack/controls.ts';
import { type HomeSection, mostEntries } from '../../slack/home/home-view.ts';
import type { NoticeEntry } from '../../slack/modals/notice.ts';
import { balanceInWords } from '../looking/delivery.ts';
import { byReview, caseEntry, isInForce, requestEntry } from '../looking/entries.ts';
import { followUpEntry } from '../looking/follow-ups.ts';

export interface HomeFacts {
  readonly config: Pick<CordonConfig, 'accounts'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly approvals: readonly Request[];
  readonly mine: readonly Case[];
  readonly open: readonly Case[];
  readonly requests: readonly Request[];
  /** Open ones of which the person is the owner. */
  readonly followUps: readonly FollowUp[];
  /** In force now. */
  readonly suppressions: readonly ScopedSuppression[];
  readonly posture: HomeSection;
  /** Of the last 24 hours; why it could not be read, otherwise. */
  readonly balance: Balance | string;
  /** Cases whose card is not as it should be. */
  readonly waiting: number;
}

/** A suppression that ends within so long is worth a look. */
const endingMs = 7 * 86_400_000;

const section = (
  id: string,
  title: string,
  entries: readonly NoticeEntry[],
  { none, more }: { readonly none: string; readonly more: string },
): HomeSection => ({
  id,
  title: entries.length > 0 ? `${title}: ${entries.length}` : title,
  lines: [
    ...(entries.length === 0 ? [none] : []),
    ...(entries.length > mostEntries ? [`The first ${mostEntries} of them; ${more}.`] : []),
  ],
  entries,
});

const suppressionEntry = (one: ScopedSuppression, requests: readonly Request[]): NoticeEntry => {
  const request = requests.find(({ id }) => id === one.request);
  return {
    lines: [scopeInWords(one.scope), `Why: ${one.reason}`],
    when: { label: 'ends', at: one.until },
    ...(request
      ? {
          button: {
            id: controls.undo,
            label: 'End it',
            value: reference(request.id, request.token),
          },
        }
      : {}),
  };
};

/** The same entry as in other lists, with the button that says that somebody has looked at it. */
const reviewEntry =
  (at: Parameters<typeof requestEntry>[1]) =>
  (request: Request): NoticeEntry => ({
    ...requestEntry(request, at),
    button: {
      id: controls.reviewed,
      label: 'Reviewed',
      value: reference(request.id, request.token),
    },
  });

const delivery = ({ balance, waiting }: HomeFacts): HomeSection => ({
  id: 'delivery',
  title: 'Delivery',
  lines: [
    typeof balance === 'string'
      ? `Unknown, because ${balance}`
      : `The last 24 hours: ${balanceInWords(balance)}`,
    waiting === 0
      ? 'Every card shows what is stored.'
      : `Cards that are not up to date yet: ${waiting}.`,
  ],
  entries: [],
});

/** Also of people who have no role: they were made the owner of something. */
export const ownFollowUps = (
  followUps: readonly FollowUp[],
  now: number,
): readonly HomeSection[] =>
  followUps.length > 0
    ? [
        section(
          'follow-ups',
          'Your follow-ups',
          followUps.map((one) => followUpEntry(one, new Date(now).toISOString())),
          { none: '', more: '/cordon followups lists all' },
        ),
      ]
    : [];

export const homeSections = (facts: HomeFacts): readonly HomeSection[] => {
  const at = { config: facts.config, now: facts.now };
  const critical = facts.open.filter(({ severity }) => severity === 'CRITICAL');
  const contained = facts.requests.filter(isInForce).toSorted(byReview);
  const unreviewed = facts.requests.filter(needsReview);
  const counting = facts.requests.filter(({ state }) => state === 'announced');
  const ending = facts.suppressions
    .filter(({ until }) => Date.parse(until) - facts.now < endingMs)
    .toSorted((a, b) => a.until.localeCompare(b.until));
  return [
    section(
      'approvals',
      'Approvals that you may give',
      facts.approvals.map((request) => requestEntry(request, at)),
      { none: 'None.', more: '/cordon pending lists all' },
    ),
    ...(counting.length + unreviewed.length > 0
      ? [
          section(
            'automation',
            'Automation: counting down, or not reviewed yet',
            [
              ...counting.map((request) => requestEntry(request, at)),
              ...unreviewed.map(reviewEntry(at)),
            ],
            { none: '', more: '/cordon automation lists all' },
          ),
        ]
      : []),
    section(
      'mine',
      'Your cases',
      facts.mine.map((theCase) => caseEntry(theCase, at)),
      { none: 'None is open.', more: '/cordon lists all' },
    ),
    ...ownFollowUps(facts.followUps, facts.now),
    section(
      'critical',
      'Open critical cases',
      critical.map((theCase) => caseEntry(theCase, at)),
      { none: `None, of ${facts.open.length} open cases.`, more: '/cordon cases lists all' },
    ),
    section(
      'contained',
      'Containments by their review',
      contained.map((request) => requestEntry(request, at)),
      { none: 'None is in force.', more: '/cordon contained lists all' },
    ),
    section(
      'suppressions',
      'Suppressions that end within a week',
      ending.map((one) => suppressionEntry(one, facts.requests)),
      {
        none: `None, of ${facts.suppressions.length} in force.`,
        more: '/cordon suppressions lists all',
      },
    ),
    facts.posture,
    delivery(facts),
  ];
};

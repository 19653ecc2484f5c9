/** How much consent a tier needs, and whether the votes so far give it. */
import type { Action, Tier } from '../actions/action.ts';
import { highestUnattendedTier } from '../actions/unattended.ts';
import type { CordonConfig } from '../config/config.ts';
import { isAutomatic, type Request } from './request.ts';
import { covers, type Target } from './scope.ts';

/**
 * The action's own tier, or what the configuration makes of it: the first rule that holds, else the
 * tier by action. A rule by tag only raises: whoever may tag a resource must not make it easy prey. Where
 * no tags are known (a target that somebody typed, a finding that names none) it holds all the same.
 */
export const tierOf = (
  config: Pick<CordonConfig, 'tiers' | 'tierRules'>,
  action: Pick<Action, 'id' | 'tier'>,
  resource: Target['resource'],
): Tier => {
  const own = config.tiers[action.id] ?? action.tier;
  const rule = config.tierRules.find(({ for: scope, tier }) => {
    const { tags, ...others } = scope;
    const unknown = tags !== undefined && resource.tags === undefined;
    return (
      (!unknown || tier > own) &&
      covers(unknown ? others : scope, { resource, actions: [action.id] })
    );
  });
  if (!rule) return own;
  return rule.for.tags && rule.tier < own ? own : rule.tier;
};

/** Approvals by others than the requester. */
export const approvalsNeeded = (tier: Tier): number => (tier >= 3 ? 2 : tier === 2 ? 1 : 0);

/** One line for the plan and the approval card. */
export const consentInWords = (tier: Tier): string => {
  switch (tier) {
    case 0:
      return 'Nobody needs to approve this.';
    case 1:
      return 'Runs when you submit it; one responder is enough.';
    case 2:
      return 'Needs one approver other than you.';
    case 3:
      return 'Needs two approvers other than you, each confirming with a passkey.';
    default:
      return tier satisfies never;
  }
};

/** The people whose approval of the current plan counts: not the requester, each once. */
export const countedApprovals = (request: Request): readonly string[] => [
  ...new Set(
    request.votes
      .filter(
        (vote) =>
          vote.verdict === 'approve' &&
          vote.planHash === request.planHash &&
          vote.person.id !== request.requestedBy.id,
      )
      .map((vote) => vote.person.id),
  ),
];

/** Instead of an approval, at tier 2 only, for the plan that was drawn. */
export const isGlassBroken = ({ glass, tier, planHash }: Request): boolean =>
  tier === 2 && glass?.planHash === planHash;

/**
 * A rule stands in for people where it was launched and nobody said no; that its configuration still
 * wants it is asked beside this (src/requests/automation.ts).
 */
const isLaunched = (request: Request): boolean =>
  request.tier <= highestUnattendedTier &&
  request.automation !== undefined &&
  request.approvedAt !== undefined &&
  request.votes.every(({ verdict }) => verdict !== 'deny');

export const quorumReached = (request: Request): boolean =>
  isAutomatic(request)
    ? isLaunched(request)
    : countedApprovals(request).length >= approvalsNeeded(request.tier) || isGlassBroken(request);

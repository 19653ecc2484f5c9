/**
 * What the actions that set the state of one finding where it is kept have in common: they differ in
 * the state and in what is said about it. They run in the administrator account: members cannot archive.
 */
import {
  type Action,
  defineAction,
  type Plan,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { type FindingTarget, type Keeper, keeperOf } from './finding-keepers.ts';

/** When they are refused, by code. */
const refuses = {
  'not-found': 'The service of the administrator account has no such finding.',
  'not-supported': 'The service is not switched on in the administrator account and Region.',
  'already-contained': 'It is in that state.',
} as const;

type Code = keyof typeof refuses;

/** IAM actions by phase: an undo writes the state that was there. */
const permissions: Action['permissions'] = {
  plan: [
    'guardduty:GetFindings',
    'guardduty:ListDetectors',
    'securityhub:GetFindings',
    'securityhub:GetFindingsV2',
  ],
  execute: [
    'guardduty:ArchiveFindings',
    'guardduty:GetFindings',
    'securityhub:BatchUpdateFindings',
    'securityhub:BatchUpdateFindingsV2',
    'securityhub:GetFindings',
    'securityhub:GetFindingsV2',
  ],
  verify: ['guardduty:GetFindings', 'securityhub:GetFindings', 'securityhub:GetFindingsV2'],
  undo: [
    'guardduty:GetFindings',
    'guardduty:UnarchiveFindings',
    'securityhub:BatchUpdateFindings',
    'securityhub:BatchUpdateFindingsV2',
    'securityhub:GetFindings',
    'securityhub:GetFindingsV2',
  ],
};

const missing = (target: FindingTarget, keeper: Keeper): Refusal<Code> =>
  refuse(
    'not-found',
    `${keeper.label} of the administrator account has no finding ${target.key} in ${target.region}.`,
    'GuardDuty keeps findings for 90 days. If it is younger, check that the account is a member of the administrator account in the configuration.',
  );

const findingTarget = ({ action, target }: Plan): FindingTarget => {
  if (target.kind !== 'finding') throw new Error(`A plan of ${action} names a finding`);
  return target;
};

/** The plan that leaves the finding in the state that `to` names, in the service's own word. */
const planState = async (
  target: FindingTarget,
  aws: Aws,
  about: Pick<Plan, 'action' | 'cannot' | 'tier'> & {
    readonly to: (keeper: Keeper) => string;
    /** `state` and `label` are those of the service. */
    readonly summary: (state: string, label: string) => string;
  },
): Promise<Plan | Refusal<Code>> => {
  const keeper = keeperOf(target);
  const located = await keeper.locate(target, aws);
  if (!located)
    return refuse(
      'not-supported',
      `${keeper.label} is not switched on in the administrator account in ${target.region}.`,
      'Set `securityAccount` in cordon.config.ts to the administrator account of GuardDuty.',
    );
  const { to, summary, ...rest } = about;
  const after = to(keeper);
  const before = await keeper.read(located, aws);
  if (before === undefined) return missing(located, keeper);
  if (before === after)
    return refuse(
      'already-contained',
      `The finding is already ${after.toLowerCase()} in ${keeper.label}.`,
      'Nothing needs to be done.',
    );
  return {
    ...rest,
    kind: 'plan',
    target: located,
    summary: summary(after.toLowerCase(), keeper.label),
    changes: [
      {
        id: `${located.key}/visibility`,
        label: `State of the finding in ${keeper.label}`,
        before,
        after,
      },
    ],
    blastRadius: {
      class: 'this resource only',
      lines: [`Everybody who looks at ${keeper.label} stops seeing it among the open findings.`],
    },
    reversible: { kind: 'yes' },
  };
};

const stateRegisters = (planned: Plan): readonly Register[] => {
  const target = findingTarget(planned);
  const keeper = keeperOf(target);
  return [
    {
      id: `${target.key}/visibility`,
      title: `Change the finding in ${keeper.label}`,
      resource: `${target.account}/${target.region}/${target.key}`,
      undoable: true,
      read: async (aws) => (await keeper.read(target, aws)) ?? 'absent',
      write: (value, aws) => keeper.write(target, value, aws),
    },
  ];
};

const verifyState = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const target = findingTarget(planned);
  const keeper = keeperOf(target);
  const state = await keeper.read(target, aws);
  return state === planned.changes[0]?.after
    ? { kind: 'verified', lines: [`${keeper.label} shows the finding as ${state?.toLowerCase()}.`] }
    : {
        kind: 'not-verified',
        because: `${keeper.label} shows the finding as ${state?.toLowerCase() ?? 'absent'}; Security Hub can take minutes`,
      };
};

/** An action that sets one finding to the state `to`. It is reviewed after a day. */
export const findingAction = (
  own: Pick<Action, 'id' | 'title' | 'does' | 'label' | 'limits' | 'expires' | 'undoCannot'> & {
    readonly to: 'resolved' | 'suppressed';
    /** What the plan's summary says after the state. */
    readonly besides?: string;
    /** Whether resolving a case asks for it, and nobody else. */
    readonly closes?: true;
  },
) => {
  const { to, besides = '', ...rest } = own;
  return defineAction<FindingTarget, Code>({
    ...rest,
    on: 'finding',
    tier: 1,
    role: 'respond-findings',
    permissions,
    reviewAfterHours: 24,
    refuses,
    offeredFor: () => true,
    plan: (target, aws) =>
      planState(target, aws, {
        action: own.id,
        tier: 1,
        cannot: own.limits,
        to: (keeper) => keeper[to],
        summary: (state, label) => `Set the finding to ${state} in ${label}${besides}`,
      }),
    registers: stateRegisters,
    verify: verifyState,
    byHand: [
      'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
      `# In Security Hub: aws securityhub batch-update-findings --finding-identifiers Id=FINDING,ProductArn=PRODUCT --workflow Status=${to.toUpperCase()}`,
    ],
  });
};

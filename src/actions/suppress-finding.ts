/**
 * Takes one finding out of sight where it is kept: archives it in GuardDuty, or sets its workflow
 * to SUPPRESSED in Security Hub. Runs in the administrator account: members cannot archive.
 */
import {
  defineAction,
  type Plan,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { type FindingTarget, type Keeper, keeperOf } from './finding-keepers.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'The service of the administrator account has no such finding.',
  'not-supported': 'The service is not switched on in the administrator account and Region.',
  'already-contained': 'It is archived or suppressed.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It stops nothing in AWS: whoever is behind the finding goes on.',
  'It is about this one finding: the same thing seen again can be a new finding, which alerts.',
];

const missing = (target: FindingTarget, keeper: Keeper): Refusal<Code> =>
  refuse(
    'not-found',
    `${keeper.label} of the administrator account has no finding ${target.key} in ${target.region}.`,
    'GuardDuty keeps findings for 90 days. If it is younger, check that the account is a member of the administrator account in the configuration.',
  );

const plan = async (target: FindingTarget, aws: Aws): Promise<Plan | Refusal<Code>> => {
  const keeper = keeperOf(target);
  const located = await keeper.locate(target, aws);
  if (!located)
    return refuse(
      'not-supported',
      `${keeper.label} is not switched on in the administrator account in ${target.region}.`,
      'Set `securityAccount` in cordon.config.ts to the administrator account of GuardDuty.',
    );
  const before = await keeper.read(located, aws);
  if (before === undefined) return missing(located, keeper);
  if (before === keeper.suppressed)
    return refuse(
      'already-contained',
      `The finding is already ${keeper.suppressed.toLowerCase()} in ${keeper.label}.`,
      'Nothing needs to be done.',
    );
  return {
    kind: 'plan',
    action: suppressFinding.id,
    target: located,
    summary: `Set the finding to ${keeper.suppressed.toLowerCase()} in ${keeper.label}, and hear no more of it`,
    changes: [
      {
        id: `${located.key}/visibility`,
        label: `State of the finding in ${keeper.label}`,
        before,
        after: keeper.suppressed,
      },
    ],
    cannot: limits,
    blastRadius: {
      class: 'this resource only',
      lines: [`Everybody who looks at ${keeper.label} stops seeing it among the open findings.`],
    },
    reversible: { kind: 'yes' },
    tier: suppressFinding.tier,
  };
};

const findingTarget = ({ target }: Plan): FindingTarget => {
  if (target.kind !== 'finding') throw new Error(`A plan of ${suppressFinding.id} names a finding`);
  return target;
};

const visibilityRegister = (planned: Plan): Register => {
  const target = findingTarget(planned);
  const keeper = keeperOf(target);
  return {
    id: `${target.key}/visibility`,
    title: `Change the finding in ${keeper.label}`,
    resource: `${target.account}/${target.region}/${target.key}`,
    undoable: true,
    read: async (aws) => (await keeper.read(target, aws)) ?? 'absent',
    write: (value, aws) => keeper.write(target, value, aws),
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const target = findingTarget(planned);
  const keeper = keeperOf(target);
  const state = await keeper.read(target, aws);
  return state === keeper.suppressed
    ? { kind: 'verified', lines: [`${keeper.label} shows the finding as ${state.toLowerCase()}.`] }
    : {
        kind: 'not-verified',
        because: `${keeper.label} shows the finding as ${state?.toLowerCase() ?? 'absent'}; Security Hub can take minutes`,
      };
};

export const suppressFinding = defineAction<FindingTarget, Code>({
  id: 'suppress-finding',
  title: 'Suppress finding',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to suppressed, in the administrator account.',
  label: 'Suppress finding',
  on: 'finding',
  tier: 1,
  role: 'respond-findings',
  permissions: {
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
  },
  reviewAfterHours: 24,
  expires: true,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => [visibilityRegister(planned)],
  verify,
  undoCannot: ['Alerts that were not sent in the meantime are not sent again.'],
  byHand: [
    'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
    '# In Security Hub: aws securityhub batch-update-findings --finding-identifiers Id=FINDING,ProductArn=PRODUCT --workflow Status=SUPPRESSED',
  ],
});

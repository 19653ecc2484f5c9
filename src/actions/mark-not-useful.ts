/**
 * Tells GuardDuty that a finding was not useful. AWS reads it for its detection; it hides nothing.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateFindingsFeedback.html
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
import { type FindingTarget, locateDetector } from './finding-keepers.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'GuardDuty of the administrator account has no such finding.',
  'already-contained': 'GuardDuty knows already.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It hides nothing: GuardDuty goes on reporting the finding and what is like it.',
];

const notUseful = 'NOT_USEFUL';
const none = 'none';

/** Undefined where GuardDuty has no such finding. */
const readFeedback = async (
  { keeper, key }: FindingTarget,
  aws: Aws,
): Promise<string | undefined> => {
  const { Findings } = await aws.call('guardduty:GetFindings', {
    DetectorId: keeper,
    FindingIds: [key],
  });
  return Findings?.[0] ? Findings[0].Service?.UserFeedback || none : undefined;
};

const plan = async (target: FindingTarget, aws: Aws): Promise<Plan | Refusal<Code>> => {
  const located = await locateDetector(target, aws);
  const before = located && (await readFeedback(located, aws));
  if (!located || before === undefined)
    return refuse(
      'not-found',
      `GuardDuty of the administrator account has no finding ${target.key} in ${target.region}.`,
      'GuardDuty keeps findings for 90 days: tell AWS Support about older ones.',
    );
  if (before === notUseful)
    return refuse(
      'already-contained',
      'GuardDuty knows already that the finding was not useful.',
      'Nothing needs to be done. Suppress the finding if it is in the way.',
    );
  return {
    kind: 'plan',
    action: markNotUseful.id,
    target: located,
    summary: 'Tell GuardDuty that the finding was not useful',
    changes: [
      {
        id: `${located.key}/feedback`,
        label: 'Feedback on the finding in GuardDuty',
        before,
        after: notUseful,
      },
    ],
    cannot: limits,
    blastRadius: { class: 'this resource only', lines: ['AWS gets to know it, and nobody else.'] },
    reversible: { kind: 'no', because: 'AWS lets nobody take feedback back.' },
    tier: markNotUseful.tier,
  };
};

const findingTarget = ({ target }: Plan): FindingTarget => {
  if (target.kind !== 'finding') throw new Error(`A plan of ${markNotUseful.id} names a finding`);
  return target;
};

const feedbackRegister = (planned: Plan): Register => {
  const target = findingTarget(planned);
  return {
    id: `${target.key}/feedback`,
    title: 'Give feedback on the finding',
    resource: `${target.account}/${target.region}/${target.key}`,
    undoable: false,
    read: async (aws) => (await readFeedback(target, aws)) ?? 'absent',
    write: async (_value, aws) => {
      await aws.call('guardduty:UpdateFindingsFeedback', {
        DetectorId: target.keeper,
        FindingIds: [target.key],
        Feedback: notUseful,
      });
    },
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const state = await readFeedback(findingTarget(planned), aws);
  return state === notUseful
    ? { kind: 'verified', lines: ['GuardDuty knows that the finding was not useful.'] }
    : { kind: 'not-verified', because: `The feedback on the finding is ${state ?? 'absent'}` };
};

export const markNotUseful = defineAction<FindingTarget, Code>({
  id: 'mark-not-useful',
  title: 'Mark finding as not useful',
  does: 'Gives GuardDuty the feedback that the finding was not useful.',
  label: 'Mark as not useful',
  on: 'finding',
  tier: 1,
  role: 'respond-findings',
  permissions: {
    plan: ['guardduty:GetFindings', 'guardduty:ListDetectors'],
    execute: ['guardduty:GetFindings', 'guardduty:UpdateFindingsFeedback'],
    verify: ['guardduty:GetFindings'],
    undo: [],
  },
  lasting: true,
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: ({ keptBy }) => keptBy === 'guardduty',
  plan,
  registers: (planned) => [feedbackRegister(planned)],
  verify,
  undoCannot: ['AWS lets nobody take feedback back.'],
  byHand: [
    'aws guardduty update-findings-feedback --detector-id DETECTOR --finding-ids FINDING --feedback NOT_USEFUL',
  ],
});

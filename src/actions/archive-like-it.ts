/**
 * Makes GuardDuty archive what is like a finding from now on: a filter of the administrator's
 * detector for its type in its account, narrowed to the instance where it names one. AWS lets no
 * filter end by itself, so Cordon ends it. Narrower, and with the reasons that a card shows, are the
 * suppressions that Cordon keeps itself: this one also quiets Security Hub, Detective and the rest.
 * https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html
 */
import { createHash } from 'node:crypto';
import type { Finding } from '@aws-sdk/client-guardduty';
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
  tampered: 'A filter of that name does something else.',
  'already-contained': 'Such a filter is there.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It stops nothing in AWS: whoever is behind the findings goes on.',
  'Findings that are there already stay as they are: suppress them one by one.',
];

/** GuardDuty's names of fields, each with the one value that it must have. */
type Criteria = Readonly<Record<string, string>>;

const days = 30;
/** What is CRITICAL is not hidden for longer. */
const criticalDays = 7;
/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const criticalFrom = 9;

const absent = 'absent';
const changed = 'there, but somebody changed it';

const criteriaOf = ({ Type, Resource }: Finding, { account }: FindingTarget): Criteria => {
  const instance = Resource?.InstanceDetails?.InstanceId;
  return {
    accountId: account,
    type: Type ?? '',
    ...(instance ? { 'resource.instanceDetails.instanceId': instance } : {}),
  };
};

/** GuardDuty takes 3 to 64 letters, digits, dots, dashes and underscores. */
const nameOf = (criteria: Criteria): string =>
  `cordon-${createHash('sha256').update(JSON.stringify(criteria)).digest('hex').slice(0, 16)}`;

const criterionOf = (criteria: Criteria) => ({
  Criterion: Object.fromEntries(
    Object.entries(criteria).map(([field, value]) => [field, { Equals: [value] }]),
  ),
});

const inWords = (criteria: Criteria): string => {
  const instance = criteria['resource.instanceDetails.instanceId'];
  return `${criteria['type']} in account ${criteria['accountId']}${instance ? ` about ${instance}` : ''}`;
};

/** GuardDuty has no error of its own for a filter that is not there. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'BadRequestException' &&
  /no such resource/i.test(error.message);

const readFilter = async (keeper: string, criteria: Criteria, aws: Aws): Promise<string> => {
  const archives = `archives ${inWords(criteria)}`;
  try {
    const found = await aws.call('guardduty:GetFilter', {
      DetectorId: keeper,
      FilterName: nameOf(criteria),
    });
    const same =
      found.Action === 'ARCHIVE' &&
      Object.entries(criteria).every(([field, value]) => {
        const { Equals, Eq } = found.FindingCriteria?.Criterion?.[field] ?? {};
        return (Equals ?? Eq ?? []).join() === value;
      }) &&
      Object.keys(found.FindingCriteria?.Criterion ?? {}).length === Object.keys(criteria).length;
    return same ? archives : changed;
  } catch (error) {
    if (isMissing(error)) return absent;
    throw error;
  }
};

const notHere = (target: FindingTarget): Refusal<Code> =>
  refuse(
    'not-found',
    `GuardDuty of the administrator account has no finding ${target.key} in ${target.region}.`,
    'GuardDuty keeps findings for 90 days, and only its administrator account can filter them: check `securityAccount` in cordon.config.ts.',
  );

const refuseFilter = (state: string, criteria: Criteria): Refusal<Code> | undefined => {
  if (state === absent) return undefined;
  return state === changed
    ? refuse(
        'tampered',
        `The filter ${nameOf(criteria)} is there, but it is not what Cordon writes.`,
        'Find out in CloudTrail who changed it (UpdateFilter), delete it, then plan again.',
      )
    : refuse(
        'already-contained',
        `GuardDuty archives ${inWords(criteria)} already.`,
        'Nothing needs to be done. Undo the earlier request to hear of them again.',
      );
};

/** How many there are now; GuardDuty answers with 50 at most. */
const alike = async (keeper: string, criteria: Criteria, aws: Aws): Promise<number> =>
  (
    await aws.call('guardduty:ListFindings', {
      DetectorId: keeper,
      FindingCriteria: criterionOf(criteria),
      MaxResults: 50,
    })
  ).FindingIds?.length ?? 0;

const plan = async (target: FindingTarget, aws: Aws): Promise<Plan | Refusal<Code>> => {
  const located = await locateDetector(target, aws);
  if (!located) return notHere(target);
  const { Findings } = await aws.call('guardduty:GetFindings', {
    DetectorId: located.keeper,
    FindingIds: [target.key],
  });
  const finding = Findings?.[0];
  if (!finding) return notHere(target);
  const criteria = criteriaOf(finding, target);
  const [state, count] = await Promise.all([
    readFilter(located.keeper, criteria, aws),
    alike(located.keeper, criteria, aws),
  ]);
  const refusal = refuseFilter(state, criteria);
  if (refusal) return refusal;
  const lasts = (finding.Severity ?? 0) >= criticalFrom ? criticalDays : days;
  return {
    kind: 'plan',
    action: archiveLikeIt.id,
    target: located,
    summary: `Let GuardDuty archive ${inWords(criteria)} for ${lasts} days; then it ends by itself.`,
    changes: [
      {
        id: JSON.stringify(criteria),
        label: `Filter ${nameOf(criteria)} of GuardDuty`,
        before: state,
        after: `archives ${inWords(criteria)}`,
      },
    ],
    cannot: limits,
    blastRadius: {
      class: 'shared with others',
      lines: [
        `${count >= 50 ? '50 or more findings' : `${count} finding${count === 1 ? '' : 's'}`} of the last 90 days would have been hidden.`,
        'What fits is sent to nobody: no card here, nothing in Security Hub, Detective or EventBridge.',
      ],
    },
    reversible: { kind: 'yes' },
    tier: archiveLikeIt.tier,
    holdsHours: lasts * 24,
  };
};

const criteriaIn = ({ changes, target }: Plan): { criteria: Criteria; keeper: string } => {
  if (target.kind !== 'finding' || !changes[0])
    throw new Error(`A plan of ${archiveLikeIt.id} names a finding and one filter`);
  return { criteria: JSON.parse(changes[0].id), keeper: target.keeper };
};

const filterRegister = (planned: Plan): Register => {
  const { criteria, keeper } = criteriaIn(planned);
  const { account, region } = planned.target;
  const FilterName = nameOf(criteria);
  return {
    id: JSON.stringify(criteria),
    title: `Make or delete the filter ${FilterName}`,
    resource: `${account}/${region}/detector/${keeper}/filter/${FilterName}`,
    undoable: true,
    read: (aws) => readFilter(keeper, criteria, aws),
    write: async (value, aws) => {
      const there = (await readFilter(keeper, criteria, aws)) !== absent;
      if (value === absent && there)
        await aws.call('guardduty:DeleteFilter', { DetectorId: keeper, FilterName });
      if (value !== absent && !there)
        await aws.call('guardduty:CreateFilter', {
          DetectorId: keeper,
          Name: FilterName,
          Description: `Made by Cordon, which ends it: ${inWords(criteria)}`,
          Action: 'ARCHIVE',
          FindingCriteria: criterionOf(criteria),
        });
    },
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { criteria, keeper } = criteriaIn(planned);
  const state = await readFilter(keeper, criteria, aws);
  return state === planned.changes[0]?.after
    ? { kind: 'verified', lines: [`GuardDuty ${state}.`] }
    : { kind: 'not-verified', because: `The filter ${nameOf(criteria)} is ${state}` };
};

export const archiveLikeIt = defineAction<FindingTarget, Code>({
  id: 'archive-like-it',
  title: 'Archive what is like the finding',
  does: 'Makes a filter in GuardDuty that archives new findings like this one, until the day that people chose.',
  label: 'Archive what is like it',
  on: 'finding',
  tier: 1,
  role: 'respond-findings',
  permissions: {
    plan: [
      'guardduty:GetFilter',
      'guardduty:GetFindings',
      'guardduty:ListDetectors',
      'guardduty:ListFindings',
    ],
    execute: ['guardduty:CreateFilter', 'guardduty:GetFilter'],
    verify: ['guardduty:GetFilter'],
    undo: ['guardduty:DeleteFilter', 'guardduty:GetFilter'],
  },
  reviewAfterHours: days * 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: ({ keptBy }) => keptBy === 'guardduty',
  plan,
  registers: (planned) => [filterRegister(planned)],
  verify,
  undoCannot: ['What it archived meanwhile stays archived in GuardDuty, and is not sent again.'],
  byHand: [
    'aws guardduty create-filter --detector-id DETECTOR --name FILTER --action ARCHIVE --finding-criteria file://criteria.json',
  ],
});

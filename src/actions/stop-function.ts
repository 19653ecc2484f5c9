/**
 * Stops a Lambda function: its reserved concurrency becomes 0, so that every invocation is
 * throttled. AWS takes no reservation below the provisioned concurrency of versions and aliases, so
 * that is taken away first.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
import type {
  EventSourceMappingConfiguration,
  FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import type { ResourceOf } from '../findings/finding.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './every-page.ts';
import {
  type Provisioned,
  provisionedId,
  provisionedOf,
  provisionedRegister,
  reservedId,
  reservedOf,
  reservedRegister,
} from './function-concurrency.ts';
import { refuseExempt, refuseOwn } from './off-limits.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such function in the account and Region.',
  'managed-by-aws': 'It is a replica that CloudFront made.',
  'already-contained': 'Its reserved concurrency is 0.',
  exempt: 'It carries the exempt tag.',
  'own-resource': 'It is one of Cordon’s own.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Asynchronous events wait up to six hours, then they are dropped or go to its dead-letter queue or failure destination.',
];

type Target = ResourceOf<'function'>;

interface FunctionFacts {
  readonly configuration: FunctionConfiguration;
  readonly tags: readonly string[];
  /** Null: it shares the concurrency of the account. */
  readonly reserved: number | null;
  readonly provisioned: Provisioned;
  readonly sources: readonly EventSourceMappingConfiguration[];
}

const sourcesOf = async (name: string, aws: Aws) => {
  const pages = await everyPage(
    (Marker) => aws.call('lambda:ListEventSourceMappings', { FunctionName: name, Marker }),
    ({ NextMarker }) => NextMarker,
  );
  return pages.flatMap((page) => page.EventSourceMappings ?? []);
};

/** Undefined when there is no such function. */
const functionFacts = (name: string, aws: Aws): Promise<FunctionFacts | undefined> => {
  const described = aws.call('lambda:GetFunctionConfiguration', { FunctionName: name });
  return unlessNamed(
    ['ResourceNotFoundException'],
    Promise.all([
      described,
      described.then(({ FunctionArn }) => aws.call('lambda:ListTags', { Resource: FunctionArn })),
      reservedOf(name, aws),
      provisionedOf(name, aws),
      sourcesOf(name, aws),
    ]).then(([configuration, { Tags = {} }, reserved, provisioned, sources]) => ({
      configuration,
      tags: Object.keys(Tags),
      reserved,
      provisioned,
      sources,
    })),
  );
};

const noFunction = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no function ${id} in account ${account}, region ${region}.`,
    'It was deleted, or the finding names another account or Region: look for DeleteFunction in CloudTrail. Revoke the older sessions of its role all the same.',
  );

const refuseFunction = (
  { id }: Target,
  facts: FunctionFacts,
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  if (facts.configuration.MasterArn)
    return refuse(
      'managed-by-aws',
      `${id} is a replica that CloudFront made of ${facts.configuration.MasterArn}: its concurrency cannot be set.`,
      'Take the function out of the behaviours of the CloudFront distribution that uses it; its replicas go some hours later.',
    );
  if (facts.reserved === 0 && facts.provisioned.size === 0)
    return refuse(
      'already-contained',
      `The reserved concurrency of ${id} is 0 already: no invocation of it starts.`,
      'Revoke the older sessions of its role, and look at its code and at who changed it.',
    );
  return (
    refuseOwn(
      `The function ${id}`,
      id,
      'set its reserved concurrency to 0 in the Lambda console, with a break-glass role.',
    ) ?? refuseExempt(`The function ${id}`, facts.tags, settings)
  );
};

const sourceName = (each: EventSourceMappingConfiguration): string =>
  each.EventSourceArn ??
  each.SelfManagedEventSource?.Endpoints?.['KAFKA_BOOTSTRAP_SERVERS']?.[0] ??
  '';

const cannot = ({ configuration, sources }: FunctionFacts): readonly string[] => [
  `Invocations that run now go on until they end, at most ${configuration.Timeout ?? 900} seconds.`,
  `Credentials of its role that were taken keep working: revoke the older sessions of ${configuration.Role?.split('/').at(-1) ?? 'its role'}.`,
  ...limits,
  ...(sources.length > 0
    ? [
        'Event sources go on filling: messages come back until their queue gives them up, streams stand still until their records expire. What is still there is delivered after undo.',
      ]
    : []),
  'Whoever may change the function can give it concurrency again: it is read back, and you are told.',
];

const describePlan = (target: Target, facts: FunctionFacts): Plan => ({
  kind: 'plan',
  action: stopFunction.id,
  target,
  summary: `Stop the function ${target.id}: no new invocation of it starts.`,
  changes: [
    ...[...facts.provisioned].map(([qualifier, count]) => ({
      id: provisionedId(target.id, qualifier),
      label: `Provisioned concurrency of ${target.id}, version or alias ${qualifier}`,
      before: count,
      after: null,
    })),
    {
      id: reservedId(target.id),
      label: `Reserved concurrency of ${target.id}`,
      before: facts.reserved,
      after: 0,
    },
  ],
  cannot: cannot(facts),
  blastRadius: {
    class: facts.sources.length > 0 ? 'shared with others' : 'this resource only',
    lines: [
      'Whoever calls it, by any version, alias or address, gets TooManyRequestsException (429).',
      ...facts.sources
        .slice(0, 6)
        .map((each) => `No longer worked off: ${sourceName(each)} (${each.State ?? 'unknown'}).`),
    ],
  },
  reversible: { kind: 'yes' },
  tier: stopFunction.tier,
});

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const facts = await functionFacts(target.id, aws);
  if (!facts) return noFunction(target);
  return refuseFunction(target, facts, settings) ?? describePlan(target, facts);
};

const registers = ({ target, changes }: Plan): readonly Register[] =>
  changes.map(({ id }) =>
    id === reservedId(target.id)
      ? reservedRegister(target)
      : provisionedRegister(target, id.slice(provisionedId(target.id, '').length)),
  );

const verify = async ({ target: { id } }: Plan, aws: Aws): Promise<Verification> => {
  const [reserved, provisioned] = await Promise.all([reservedOf(id, aws), provisionedOf(id, aws)]);
  if (reserved !== 0)
    return {
      kind: 'not-verified',
      because: `The reserved concurrency of ${id} is ${reserved ?? 'not set'}`,
    };
  return provisioned.size === 0
    ? { kind: 'verified', lines: [`The reserved concurrency of ${id} is 0.`] }
    : {
        kind: 'not-verified',
        because: `${id} has provisioned concurrency again: ${[...provisioned.keys()].join(', ')}`,
      };
};

const readingBack = [
  'lambda:GetFunctionConcurrency',
  'lambda:ListProvisionedConcurrencyConfigs',
] as const;

export const stopFunction = defineAction<Target, Code>({
  id: 'stop-function',
  title: 'Stop Lambda function',
  does: 'Sets the reserved concurrency of a function to 0, after its provisioned concurrency is gone: no invocation starts.',
  label: 'Stop function',
  on: 'function',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: [
      'lambda:GetFunctionConfiguration',
      'lambda:ListEventSourceMappings',
      'lambda:ListTags',
      ...readingBack,
    ],
    execute: [
      'lambda:DeleteProvisionedConcurrencyConfig',
      'lambda:PutFunctionConcurrency',
      ...readingBack,
    ],
    verify: readingBack,
    undo: [
      'lambda:DeleteFunctionConcurrency',
      'lambda:PutFunctionConcurrency',
      'lambda:PutProvisionedConcurrencyConfig',
      ...readingBack,
    ],
  },
  reviewAfterHours: 4,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers,
  verify,
  undoCannot: [
    'What was dropped or moved to a dead-letter queue meanwhile is not delivered again.',
    'Provisioned concurrency takes AWS some minutes to make ready.',
  ],
  byHand: [
    'aws lambda get-function-concurrency --function-name FUNCTION',
    '# Write it down: undo needs it.',
    'aws lambda put-function-concurrency --function-name FUNCTION --reserved-concurrent-executions 0',
  ],
});

/**
 * Takes the public address of a database of RDS away: of one instance, or of every instance of an
 * Aurora cluster.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
import type { DBInstance } from '@aws-sdk/client-rds';
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
import { refuseExempt } from './off-limits.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'RDS has no such instance or cluster in the account and Region.',
  'already-contained': 'It has no public address.',
  'not-supported': 'It is a Multi-AZ DB cluster, for which that is fixed when it is made.',
  'wrong-state': 'It, or an instance of the cluster, is not available.',
  exempt: 'It carries the exempt tag.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Whoever is in its network, or in one that is connected with it, reaches it as before: its security groups and passwords stay.',
  'What was read is out. Users and passwords that an intruder made stay.',
  'Its snapshots, replicas and copies in other places are not looked at.',
];

type Target = ResourceOf<'database'>;

const settleSeconds = 900;

const missing = ['DBInstanceNotFoundFault', 'DBInstanceNotFound'];

const findOne = async (id: string, aws: Aws): Promise<DBInstance | undefined> =>
  (await unlessNamed(missing, aws.call('rds:DescribeDBInstances', { DBInstanceIdentifier: id })))
    ?.DBInstances?.[0];

/** A cluster's instances have the setting, not the cluster. */
const find = async (id: string, aws: Aws): Promise<readonly DBInstance[]> => {
  const one = await findOne(id, aws);
  if (one) return [one];
  const { DBInstances } = await aws.call('rds:DescribeDBInstances', {
    Filters: [{ Name: 'db-cluster-id', Values: [id] }],
  });
  return DBInstances ?? [];
};

const noDatabase = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `RDS has no instance or cluster ${id} in account ${account}, region ${region}.`,
    `If it is of Redshift: \`aws redshift modify-cluster --cluster-identifier ${id} --no-publicly-accessible\`. DynamoDB has no such setting: look at its resource policy.`,
  );

/** Those of a Multi-AZ DB cluster, which is not Aurora, cannot be changed one by one. */
const isFixed = ({ DBClusterIdentifier, Engine = '' }: DBInstance): boolean =>
  DBClusterIdentifier !== undefined && !Engine.startsWith('aurora');

const changeable = ['available', 'storage-optimization'];

const refuseDatabase = (
  { id }: Target,
  instances: readonly DBInstance[],
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  const open = instances.filter(({ PubliclyAccessible }) => PubliclyAccessible);
  if (open.length === 0)
    return refuse(
      'already-contained',
      `The database ${id} has no public address.`,
      'Look at its security groups and at who signed in: passwords that were tried may be known.',
    );
  const exempt = refuseExempt(
    `The database ${id}`,
    instances.flatMap(({ TagList }) => (TagList ?? []).map(({ Key }) => Key)),
    settings,
  );
  if (exempt) return exempt;
  const fixed = open.find(isFixed);
  if (fixed)
    return refuse(
      'not-supported',
      `${id} is a Multi-AZ DB cluster: whether it is public is fixed when it is made.`,
      `Revoke the world-open rules of its security groups now: ${(fixed.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).join(', ')}. Later restore it from a snapshot as a private one.`,
    );
  const busy = open.find(({ DBInstanceStatus = '' }) => !changeable.includes(DBInstanceStatus));
  return busy
    ? refuse(
        'wrong-state',
        `The database ${busy.DBInstanceIdentifier} is ${busy.DBInstanceStatus}: RDS changes it only when it is available.`,
        'Plan again when it is. Until then revoke the world-open rules of its security groups, which works at once.',
      )
    : undefined;
};

const publicId = (id: string): string => `${id}/publicly-accessible`;

const describePlan = (target: Target, instances: readonly DBInstance[]): Plan => {
  const open = instances.filter(({ PubliclyAccessible }) => PubliclyAccessible);
  return {
    kind: 'plan',
    action: makeDatabasePrivate.id,
    target,
    summary: `Take the public address of the database ${target.id} away.`,
    changes: open.map(({ DBInstanceIdentifier = '' }) => ({
      id: publicId(DBInstanceIdentifier),
      label: `Public access to ${DBInstanceIdentifier}`,
      before: 'on',
      after: 'off',
    })),
    cannot: limits,
    blastRadius: {
      class: 'shared with others',
      lines: open.map(
        ({ DBInstanceIdentifier, Endpoint, Engine }) =>
          `Whoever reaches ${DBInstanceIdentifier} (${Engine}) from the internet at ${Endpoint?.Address}:${Endpoint?.Port} loses it; the name then leads to its private address.`,
      ),
    },
    reversible: { kind: 'yes' },
    tier: makeDatabasePrivate.tier,
  };
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const instances = await find(target.id, aws);
  if (instances.length === 0) return noDatabase(target);
  return refuseDatabase(target, instances, settings) ?? describePlan(target, instances);
};

const publicRegister = (id: string, { account, region }: Plan['target']): Register => ({
  id: publicId(id),
  title: `Change public access to ${id}`,
  resource: `${account}/${region}/${id}`,
  undoable: true,
  stage: 'instances',
  read: async (aws) => {
    const found = await findOne(id, aws);
    if (!found) return 'gone';
    return found.PubliclyAccessible ? 'on' : 'off';
  },
  write: async (value, aws) => {
    if (value !== 'on' && value !== 'off')
      throw new Error(`Public access cannot be made ${JSON.stringify(value)}`);
    await aws.call('rds:ModifyDBInstance', {
      DBInstanceIdentifier: id,
      PubliclyAccessible: value === 'on',
      ApplyImmediately: true,
    });
  },
  settles: {
    withinSeconds: settleSeconds,
    atRest: async (aws) => {
      const { DBInstanceStatus = 'available' } = (await findOne(id, aws)) ?? {};
      return DBInstanceStatus !== 'modifying';
    },
  },
});

const registers = ({ target, changes }: Plan): readonly Register[] =>
  changes.map(({ id }) => publicRegister(id.slice(0, -publicId('').length), target));

const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const instances = await find(target.id, aws);
  const open = instances.filter(({ PubliclyAccessible }) => PubliclyAccessible);
  return open.length === 0
    ? { kind: 'verified', lines: [`No instance of ${target.id} has a public address.`] }
    : {
        kind: 'not-verified',
        because: `Still public: ${open.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).join(', ')}`,
      };
};

export const makeDatabasePrivate = defineAction<Target, Code>({
  id: 'make-database-private',
  title: 'Make database private',
  does: 'Sets a database instance, or the instances of a cluster, to have no public address.',
  label: 'Make database private',
  on: 'database',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['rds:DescribeDBInstances'],
    execute: ['rds:DescribeDBInstances', 'rds:ModifyDBInstance'],
    verify: ['rds:DescribeDBInstances'],
    undo: ['rds:DescribeDBInstances', 'rds:ModifyDBInstance'],
  },
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers,
  verify,
  undoCannot: ['Undo gives it a public address again, and not the one that it had.'],
  byHand: [
    'aws rds modify-db-instance --db-instance-identifier DATABASE --no-publicly-accessible --apply-immediately',
    'aws rds wait db-instance-available --db-instance-identifier DATABASE',
  ],
});

/**
 * What changed of the resource: its configuration items in AWS Config, newest first, and what differs
 * between each and the one before it.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
import type { ConfigurationItem, ResourceType } from '@aws-sdk/client-config-service';
import { type Resource, untrusted } from '../../findings/finding.ts';
import { isObject } from '../../findings/read.ts';
import { failedAs } from '../../posture/call-failed.ts';
import { allDone, attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Found, Looking, Moment, Source } from '../source.ts';
import type { Subjects, UserOrRole } from '../subjects.ts';

/** Items of one resource: the newest are what an incident is about. */
const mostItems = 20;
const daysBack = 7;

/** Kinds that AWS Config knows by the id that findings use. */
const types: Readonly<Partial<Record<Resource['kind'], ResourceType>>> = {
  instance: 'AWS::EC2::Instance',
  'security-group': 'AWS::EC2::SecurityGroup',
  bucket: 'AWS::S3::Bucket',
  function: 'AWS::Lambda::Function',
  'kms-key': 'AWS::KMS::Key',
};

interface Tracked {
  /** For people. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly type: ResourceType;
  /** AWS Config's id of it. */
  readonly id: (looking: Looking) => Promise<string | undefined>;
}

/** Users and roles are global: AWS Config records them in the Region of the account's other resources. */
const ofPrincipal = ({ kind, name, account }: UserOrRole, region: string): Tracked => ({
  name: `${kind} ${name}`,
  account,
  region,
  type: kind === 'user' ? 'AWS::IAM::User' : 'AWS::IAM::Role',
  async id(looking) {
    const iam = looking.at(account, 'us-east-1');
    return kind === 'user'
      ? (await iam.call('iam:GetUser', { UserName: name })).User?.UserId
      : (await iam.call('iam:GetRole', { RoleName: name })).Role?.RoleId;
  },
});

const trackedIn = ({ resources, principals, region }: Subjects): readonly Tracked[] => [
  ...resources.flatMap(({ kind, id, account, region: own }): readonly Tracked[] => {
    const type = types[kind];
    return type ? [{ name: `${kind} ${id}`, account, region: own, type, id: async () => id }] : [];
  }),
  ...principals.flatMap((one) => (one.kind === 'root' ? [] : [ofPrincipal(one, region)])),
];

/** How it is said that there is nothing: an answer, and no gap. */
const nothing = ['ResourceNotDiscoveredException'];

interface History {
  readonly tracked: Pick<Tracked, 'name' | 'account' | 'region' | 'type'>;
  /** What changed before is not told; ISO 8601 UTC. */
  readonly since: string;
  /** Oldest first. */
  readonly items: readonly ConfigurationItem[];
  readonly more: boolean;
}

const sinceOf = ({ from }: Looking): string =>
  new Date(Date.parse(from) - daysBack * 86_400_000).toISOString();

/** ISO 8601 UTC; empty where AWS Config names none: such an item is not told. */
const capturedAt = (item: ConfigurationItem | undefined): string =>
  item?.configurationItemCaptureTime?.toISOString() ?? '';

const read = async (looking: Looking, tracked: Tracked): Promise<History> => {
  const { id, ...known } = tracked;
  const resourceId = await id(looking);
  const none = { tracked: known, since: sinceOf(looking), items: [], more: false };
  if (!resourceId) return none;
  try {
    const answer = await looking
      .at(tracked.account, tracked.region)
      .call('config:GetResourceConfigHistory', {
        resourceType: tracked.type,
        resourceId,
        laterTime: new Date(looking.to),
        // From any time: what was there before the first change says what it changed.
        limit: mostItems,
        chronologicalOrder: 'Reverse',
      });
    const items = (answer.configurationItems ?? []).toReversed();
    return {
      tracked: known,
      since: sinceOf(looking),
      items,
      more: answer.nextToken !== undefined && capturedAt(items[0]) >= sinceOf(looking),
    };
  } catch (error) {
    if (failedAs(error, ...nothing)) return none;
    throw error;
  }
};

/**
 * Its attributes, with what is recorded beside them: of a bucket that is its policy, its access list and the
 * block of public access.
 */
const configuration = ({
  configuration: text,
  supplementaryConfiguration: beside = {},
}: ConfigurationItem): object => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? { ...value, ...beside } : beside;
  } catch {
    return beside;
  }
};

/** Names of what is not the same in both. */
const changedNames = (before: ConfigurationItem, after: ConfigurationItem): readonly string[] => {
  const [one, other] = [configuration(before), configuration(after)];
  const text = (value: object, name: string): string =>
    JSON.stringify(Reflect.get(value, name)) ?? '';
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => text(one, name) !== text(other, name))
    .sort();
};

const momentsOf = ({ tracked, since, items }: History): readonly Moment[] =>
  items.flatMap((item, place): readonly Moment[] => {
    const at = capturedAt(item);
    if (at < since) return [];
    const status = item.configurationItemStatus ?? '';
    if (status.startsWith('ResourceDeleted'))
      return [{ at, what: untrusted(`${tracked.name} was deleted`) }];
    if (status === 'ResourceDiscovered')
      return [{ at, what: untrusted(`${tracked.name} was created, or is recorded since`) }];
    const before = items[place - 1];
    if (!before) return [];
    const names = changedNames(before, item);
    return names.length === 0
      ? []
      : [{ at, what: untrusted(`${tracked.name} changed: ${names.slice(0, 4).join(', ')}`) }];
  });

export const changed: Source = {
  id: 'changed',
  title: 'Changed',
  reads: ['config:GetResourceConfigHistory', 'iam:GetRole', 'iam:GetUser'],
  fits: (subjects) => trackedIn(subjects).length > 0,
  async gather(looking): Promise<Found> {
    const attempts = await allDone(
      trackedIn(looking.subjects).map((tracked) =>
        attempt(`AWS Config of ${tracked.name}`, () => read(looking, tracked)),
      ),
    );
    const histories = valuesOf(attempts);
    const changes = histories.map((history) => ({ history, moments: momentsOf(history) }));
    return {
      facts: changes.map(({ history, moments }) => ({
        label: history.tracked.name,
        value: untrusted(
          moments.length === 0
            ? `no change that AWS Config knows of in ${daysBack} days`
            : `${moments.length} change${moments.length > 1 ? 's' : ''}, last ${moments.at(-1)?.at.slice(0, 16).replace('T', ' ')} UTC`,
        ),
      })),
      moments: changes.flatMap(({ moments }) => moments),
      gaps: [
        ...gapsOf(attempts),
        ...histories
          .filter(({ more }) => more)
          .map(({ tracked }) => ({
            what: `AWS Config of ${tracked.name}`,
            because: `only the newest ${mostItems} items were read, there are more`,
          })),
      ],
      seen: changes.flatMap(({ moments }) =>
        moments.map(({ at, what }) => untrusted(`${what} (${at.slice(0, 16).replace('T', ' ')})`)),
      ),
      data: { histories },
    };
  },
};

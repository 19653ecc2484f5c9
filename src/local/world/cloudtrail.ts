/**
 * The simulated CloudTrail: whether trails log.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html
 */
import type {
  DescribeTrailsCommandInput,
  GetTrailStatusCommandInput,
  ListTagsCommandInput,
  StartLoggingCommandInput,
  StopLoggingCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from './aws-error.ts';
import type { Trail } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const arnOf = ({ account }: Partition, { name, owner, homeRegion }: Trail): string =>
  `arn:aws:cloudtrail:${homeRegion}:${owner ?? account}:trail/${name}`;

const lookUp = ({ services }: Partition, named: string | undefined): Trail | undefined =>
  services.trails.get((named ?? '').split('/').at(-1) ?? '');

const findTrail = (partition: Partition, named: string | undefined): Trail => {
  const found = lookUp(partition, named);
  if (!found)
    throw new AwsError(
      'TrailNotFoundException',
      `Unknown trail: ${named} for the user: ${partition.account}`,
      404,
    );
  return found;
};

/** Only its owner, and only in its home Region. */
const changeable = (partition: Partition, named: string | undefined): Trail => {
  const trail = findTrail(partition, named);
  if (trail.owner)
    throw new AwsError(
      'NotOrganizationMasterAccountException',
      'The trail belongs to the management account of the organization.',
    );
  if (trail.homeRegion !== partition.region)
    throw new AwsError(
      'InvalidHomeRegionException',
      `The ${trail.name} trail can only be changed in its home region ${trail.homeRegion}`,
    );
  return trail;
};

export const cloudTrailHandlers = {
  /** Names that are not there are left out. */
  DescribeTrails(input: DescribeTrailsCommandInput, { partition }: Call) {
    const named = input.trailNameList ?? [...partition.services.trails.keys()];
    const found = named.flatMap((name) => lookUp(partition, name) ?? []);
    return {
      trailList: found.map((trail) => ({
        Name: trail.name,
        TrailARN: arnOf(partition, trail),
        HomeRegion: trail.homeRegion,
        S3BucketName: trail.bucket,
        IsMultiRegionTrail: !trail.oneRegion,
        IsOrganizationTrail: trail.organization ?? false,
      })),
    };
  },

  GetTrailStatus(input: GetTrailStatusCommandInput, { partition }: Call) {
    const trail = findTrail(partition, input.Name);
    return {
      IsLogging: trail.logging,
      ...(trail.stoppedAt ? { StopLoggingTime: new Date(trail.stoppedAt) } : {}),
      ...(trail.deliveryError ? { LatestDeliveryError: trail.deliveryError } : {}),
    };
  },

  ListTags(input: ListTagsCommandInput, { partition }: Call) {
    return {
      ResourceTagList: (input.ResourceIdList ?? []).map((ResourceId) => ({
        ResourceId,
        TagsList: Object.entries(findTrail(partition, ResourceId).tags).map(([Key, Value]) => ({
          Key,
          Value,
        })),
      })),
    };
  },

  StartLogging(input: StartLoggingCommandInput, { partition }: Call) {
    changeable(partition, input.Name).logging = true;
    return {};
  },

  StopLogging(input: StopLoggingCommandInput, { partition, world }: Call) {
    const trail = changeable(partition, input.Name);
    trail.logging = false;
    trail.stoppedAt = new Date(world.now()).toISOString();
    return {};
  },
} satisfies Handlers;

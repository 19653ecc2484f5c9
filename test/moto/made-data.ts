/** Buckets, copies, databases, keys, secrets and records in moto, as the example world has them. */
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Resource, ResourceKind } from '../../src/findings/finding.ts';
import { seedBuckets } from '../../src/local/world/seed-buckets.ts';
import { emptyPartition } from '../../src/local/world/state.ts';
import { makeFunction } from './made-compute.ts';
import { account, asOwner, image, named, type Owner, region } from './seed.ts';

const target = (kind: Exclude<ResourceKind, 'access-key' | 'finding'>, id: string): Resource => ({
  kind,
  id,
  account,
  region,
});

const stranger = '210987654321';

/** The lives of one resource follow each other in one moto. */
const unlessThere = (error: unknown): void => {
  if (!(error instanceof Error && /AlreadyOwned|AlreadyExists/.test(error.name))) throw error;
};

export const openBucket = async (): Promise<Resource> => {
  const s3 = new S3Client(asOwner);
  const Bucket = 'example-invoices';
  const example = emptyPartition(account, region);
  seedBuckets(example);
  const LocationConstraint = region;
  await s3
    .send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }))
    .catch(unlessThere);
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Policy = example.buckets.get(Bucket)?.policy;
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return target('bucket', Bucket);
};

export const sharedSnapshot = async ({ ec2 }: Owner): Promise<Resource> => {
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 100 }),
  );
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await ec2.send(
    new ModifySnapshotAttributeCommand({
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType: 'add',
      GroupNames: ['all'],
      UserIds: [stranger],
    }),
  );
  return target('snapshot', named(SnapshotId));
};

export const sharedImage = async ({ ec2 }: Owner): Promise<Resource> => {
  const { Instances } = await ec2.send(new RunInstancesCommand(image));
  const { ImageId } = await ec2.send(
    new CreateImageCommand({ InstanceId: Instances?.[0]?.InstanceId, Name: 'checkout-golden' }),
  );
  await ec2.send(
    new ModifyImageAttributeCommand({
      ImageId,
      LaunchPermission: { Add: [{ Group: 'all' }, { UserId: stranger }] },
    }),
  );
  return target('image', named(ImageId));
};

const database = async (rds: RDSClient): Promise<string> => {
  const DBInstanceIdentifier = 'orders';
  const wanted = {
    DBInstanceIdentifier,
    DBInstanceClass: 'db.t3.micro',
    Engine: 'postgres',
    MasterUsername: 'owner',
    MasterUserPassword: 'not-a-secret',
    AllocatedStorage: 20,
    PubliclyAccessible: true,
  };
  await rds.send(new CreateDBInstanceCommand(wanted)).catch(unlessThere);
  return DBInstanceIdentifier;
};

export const publicDatabase = async (): Promise<Resource> =>
  target('database', await database(new RDSClient(asOwner)));

export const sharedDatabaseSnapshot = async (): Promise<Resource> => {
  const rds = new RDSClient(asOwner);
  const DBSnapshotIdentifier = 'orders-2026';
  const DBInstanceIdentifier = await database(rds);
  await rds.send(new CreateDBSnapshotCommand({ DBSnapshotIdentifier, DBInstanceIdentifier }));
  await rds.send(
    new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier,
      AttributeName: 'restore',
      ValuesToAdd: ['all', stranger],
    }),
  );
  return target('database-snapshot', DBSnapshotIdentifier);
};

const makeKey = async (kms: KMSClient): Promise<string> => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return named(KeyMetadata?.KeyId);
};

export const disabledKey = async (): Promise<Resource> => {
  const kms = new KMSClient(asOwner);
  const KeyId = await makeKey(kms);
  await kms.send(new DisableKeyCommand({ KeyId }));
  return target('kms-key', KeyId);
};

export const doomedKey = async (): Promise<Resource> => {
  const kms = new KMSClient(asOwner);
  const KeyId = await makeKey(kms);
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  return target('kms-key', KeyId);
};

/** Never started, so it does not log. */
export const stoppedTrail = async (): Promise<Resource> => {
  const S3BucketName = 'example-trail';
  const LocationConstraint = region;
  await new S3Client(asOwner).send(
    new CreateBucketCommand({
      Bucket: S3BucketName,
      CreateBucketConfiguration: { LocationConstraint },
    }),
  );
  const Name = 'organization';
  await new CloudTrailClient(asOwner).send(new CreateTrailCommand({ Name, S3BucketName }));
  return target('trail', Name);
};

export const suspendedDetector = async (): Promise<Resource> => {
  const { DetectorId } = await new GuardDutyClient(asOwner).send(
    new CreateDetectorCommand({ Enable: false }),
  );
  return target('detector', named(DetectorId));
};

/** Never started, so it does not record. */
export const stoppedRecorder = async (): Promise<Resource> => {
  const config = new ConfigServiceClient(asOwner);
  const roleARN = `arn:aws:iam::${account}:role/config`;
  await config.send(
    new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN } }),
  );
  await config.send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: { name: 'default', s3BucketName: 'example-trail' },
    }),
  );
  return target('recorder', 'default');
};

/** As the rotation function does last; moto calls it and nothing comes of it. */
export const endRotation = async (): Promise<void> => {
  const secrets = new SecretsManagerClient(asOwner);
  const SecretId = 'orders-password';
  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  const withStage = (stage: string): string | undefined =>
    Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes(stage));
  const pending = withStage('AWSPENDING');
  if (!pending) return;
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: pending,
      RemoveFromVersionId: withStage('AWSCURRENT'),
    }),
  );
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: pending,
    }),
  );
};

export const rotatedSecret = async (): Promise<Resource> => {
  const secrets = new SecretsManagerClient(asOwner);
  const Name = 'orders-password';
  await secrets.send(new CreateSecretCommand({ Name, SecretString: 'not-a-secret' }));
  await secrets.send(
    new RotateSecretCommand({
      SecretId: Name,
      RotationLambdaARN: await makeFunction('SecretsManagerPostgreSQLRotation'),
      RotationRules: { AutomaticallyAfterDays: 30 },
    }),
  );
  await endRotation();
  return target('secret', Name);
};

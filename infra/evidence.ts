/**
 * Where evidence and the sealed audit lie: written once, deleted by nobody, for as long as the
 * configuration says. docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */

import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { DeploymentSettings } from '../src/config/deployment-settings.ts';

export class Evidence extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, settings: DeploymentSettings, key: IKey | undefined) {
    super(scope, 'Evidence');
    const { account, region } = Stack.of(this);
    const days = Duration.days(settings.evidenceDays);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: `${named('evidence')}-${account}-${region}`,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        settings.evidenceLock === 'COMPLIANCE'
          ? ObjectLockRetention.compliance(days)
          : ObjectLockRetention.governance(days),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
    });
    for (const statement of this.#denials()) this.bucket.addToResourcePolicy(statement);
  }

  #denials(): readonly PolicyStatement[] {
    const everyone = { effect: Effect.DENY, principals: [new AnyPrincipal()] };
    const objects = [this.bucket.arnForObjects('*')];
    return [
      new PolicyStatement({
        ...everyone,
        sid: 'NobodyDeletes',
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
        resources: objects,
      }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
      new PolicyStatement({
        ...everyone,
        sid: 'NobodyOverwrites',
        actions: ['s3:PutObject'],
        resources: objects,
        conditions: {
          Null: { 's3:if-none-match': 'true' },
          Bool: { 's3:ObjectCreationOperation': 'true' },
        },
      }),
    ];
  }
}

/** A KMS key of the owner's, where the configuration asks for one; else AWS's own keys. */

import { RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { named } from '../src/app/names.ts';

/** Services that write for Cordon into what is encrypted: rules, alarms and schedules. */
const writers = ['events', 'cloudwatch', 'scheduler'] as const;

export const customerKey = (scope: Construct): Key => {
  const key = new Key(scope, 'Key', {
    alias: named('key'),
    description: 'Cordon: tables, queues, topic, secret, evidence',
    enableKeyRotation: true,
    // What must be kept can be read only with it.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: writers.map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  return key;
};

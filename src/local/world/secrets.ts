/**
 * The simulated Secrets Manager: rotation by a function that takes a while.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
import type {
  DescribeSecretCommandInput,
  GetResourcePolicyCommandInput,
  RotateSecretCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from './aws-error.ts';
import type { Secret } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const rotationMs = 20_000;

const arnOf = ({ account, region }: Partition, { name, suffix }: Secret): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;

const settle = (secret: Secret, now: number): void => {
  if (!secret.pending || secret.rotatedAt === undefined || secret.rotatedAt > now) return;
  secret.current = secret.pending;
  delete secret.pending;
};

/** By name, or by its whole ARN. */
const findSecret = ({ partition, world }: Call, named: string | undefined): Secret => {
  const found = [...partition.services.secrets.values()].find(
    (each) => each.name === named || arnOf(partition, each) === named,
  );
  if (!found)
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  settle(found, world.now());
  return found;
};

const stagesOf = ({ current, pending }: Secret): Record<string, readonly string[]> => ({
  [current]: ['AWSCURRENT'],
  ...(pending ? { [pending]: ['AWSPENDING'] } : {}),
});

export const secretHandlers = {
  GetResourcePolicy(input: GetResourcePolicyCommandInput, call: Call) {
    const secret = findSecret(call, input.SecretId);
    return {
      ARN: arnOf(call.partition, secret),
      Name: secret.name,
      ...(secret.policy ? { ResourcePolicy: secret.policy } : {}),
    };
  },

  DescribeSecret(input: DescribeSecretCommandInput, call: Call) {
    const secret = findSecret(call, input.SecretId);
    return {
      ARN: arnOf(call.partition, secret),
      Name: secret.name,
      VersionIdsToStages: stagesOf(secret),
      Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
      ...(secret.rotationFunction
        ? { RotationEnabled: true, RotationLambdaARN: secret.rotationFunction }
        : {}),
      ...(secret.owningService ? { OwningService: secret.owningService } : {}),
      ...(secret.primaryRegion ? { PrimaryRegion: secret.primaryRegion } : {}),
      ...(secret.deletedAt ? { DeletedDate: new Date(secret.deletedAt) } : {}),
      ...(secret.lastAccessed ? { LastAccessedDate: new Date(secret.lastAccessed) } : {}),
    };
  },

  RotateSecret(input: RotateSecretCommandInput, call: Call) {
    const secret = findSecret(call, input.SecretId);
    const refused = (message: string): AwsError => new AwsError('InvalidRequestException', message);
    if (secret.deletedAt) throw refused('You cannot rotate a secret that is marked for deletion.');
    if (!secret.rotationFunction)
      throw refused('No Lambda rotation function ARN is associated with this secret.');
    if (secret.pending)
      throw refused("A previous rotation isn't complete. That rotation will be reattempted.");
    secret.pending = call.world.nextId('version');
    if (!secret.rotationFails) secret.rotatedAt = call.world.now() + rotationMs;
    return { ARN: arnOf(call.partition, secret), Name: secret.name, VersionId: secret.pending };
  },
} satisfies Handlers;

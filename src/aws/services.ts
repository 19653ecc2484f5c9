/** The SDK packages that actions and posture questions use, each loaded when first called, and how one call is sent. */
import type { Operation, Operations } from '../actions/aws.ts';
import type { SdkClient } from './sdk-client.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface ClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  readonly retryMode: string;
  readonly maxAttempts: number;
}

export interface Loaded {
  readonly client: SdkClient & { send(command: never): Promise<unknown> };
  /** The package, which exports one class for each operation. */
  readonly sdk: object;
}

export type Service = Operation extends infer O
  ? O extends `${infer S}:${string}`
    ? S
    : never
  : never;

/** It only advises: who waits for it goes on without it. Milliseconds. */
const impatient = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 4_000,
    throwOnRequestTimeout: true,
  },
} as const;

export const loaders: Readonly<Record<Service, (config: ClientConfig) => Promise<Loaded>>> = {
  'access-analyzer': async (config) => {
    const sdk = await import('@aws-sdk/client-accessanalyzer');
    return { client: new sdk.AccessAnalyzerClient({ ...config, ...impatient }), sdk };
  },
  'application-autoscaling': async (config) => {
    const sdk = await import('@aws-sdk/client-application-auto-scaling');
    return { client: new sdk.ApplicationAutoScalingClient(config), sdk };
  },
  athena: async (config) => {
    const sdk = await import('@aws-sdk/client-athena');
    return { client: new sdk.AthenaClient(config), sdk };
  },
  autoscaling: async (config) => {
    const sdk = await import('@aws-sdk/client-auto-scaling');
    return { client: new sdk.AutoScalingClient(config), sdk };
  },
  cloudtrail: async (config) => {
    const sdk = await import('@aws-sdk/client-cloudtrail');
    return { client: new sdk.CloudTrailClient(config), sdk };
  },
  config: async (config) => {
    const sdk = await import('@aws-sdk/client-config-service');
    return { client: new sdk.ConfigServiceClient(config), sdk };
  },
  ec2: async (config) => {
    const sdk = await import('@aws-sdk/client-ec2');
    return { client: new sdk.EC2Client(config), sdk };
  },
  ecs: async (config) => {
    const sdk = await import('@aws-sdk/client-ecs');
    return { client: new sdk.ECSClient(config), sdk };
  },
  elasticloadbalancing: async (config) => {
    const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { client: new sdk.ElasticLoadBalancingV2Client(config), sdk };
  },
  guardduty: async (config) => {
    const sdk = await import('@aws-sdk/client-guardduty');
    return { client: new sdk.GuardDutyClient(config), sdk };
  },
  iam: async (config) => {
    const sdk = await import('@aws-sdk/client-iam');
    return { client: new sdk.IAMClient(config), sdk };
  },
  inspector2: async (config) => {
    const sdk = await import('@aws-sdk/client-inspector2');
    return { client: new sdk.Inspector2Client(config), sdk };
  },
  kms: async (config) => {
    const sdk = await import('@aws-sdk/client-kms');
    return { client: new sdk.KMSClient(config), sdk };
  },
  lambda: async (config) => {
    const sdk = await import('@aws-sdk/client-lambda');
    return { client: new sdk.LambdaClient(config), sdk };
  },
  logs: async (config) => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { client: new sdk.CloudWatchLogsClient(config), sdk };
  },
  'network-firewall': async (config) => {
    const sdk = await import('@aws-sdk/client-network-firewall');
    return { client: new sdk.NetworkFirewallClient(config), sdk };
  },
  organizations: async (config) => {
    const sdk = await import('@aws-sdk/client-organizations');
    return { client: new sdk.OrganizationsClient(config), sdk };
  },
  rds: async (config) => {
    const sdk = await import('@aws-sdk/client-rds');
    return { client: new sdk.RDSClient(config), sdk };
  },
  s3: async (config) => {
    const sdk = await import('@aws-sdk/client-s3');
    return { client: new sdk.S3Client(config), sdk };
  },
  s3control: async (config) => {
    const sdk = await import('@aws-sdk/client-s3-control');
    return { client: new sdk.S3ControlClient(config), sdk };
  },
  secretsmanager: async (config) => {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    return { client: new sdk.SecretsManagerClient(config), sdk };
  },
  securityhub: async (config) => {
    const sdk = await import('@aws-sdk/client-securityhub');
    return { client: new sdk.SecurityHubClient(config), sdk };
  },
  shield: async (config) => {
    const sdk = await import('@aws-sdk/client-shield');
    return { client: new sdk.ShieldClient(config), sdk };
  },
  ssm: async (config) => {
    const sdk = await import('@aws-sdk/client-ssm');
    return { client: new sdk.SSMClient(config), sdk };
  },
  wafv2: async (config) => {
    const sdk = await import('@aws-sdk/client-wafv2');
    return { client: new sdk.WAFV2Client(config), sdk };
  },
};

const isService = (word: string): word is Service => Object.hasOwn(loaders, word);

/** `ec2` of `ec2:DescribeInstances`. */
export const serviceOf = (operation: Operation): Service => {
  const service = operation.slice(0, operation.indexOf(':'));
  if (!isService(service))
    throw new Error(`src/aws/services.ts has no SDK client for ${operation}`);
  return service;
};

/** Sends the command class that bears the operation's name; the name ties its types. */
export const send = <O extends Operation>(
  { client, sdk }: Loaded,
  operation: O,
  input: Operations[O][0],
): Promise<Operations[O][1]> => {
  const name = `${operation.slice(operation.indexOf(':') + 1)}Command`;
  const Command: (new (input: object) => never) | undefined = Reflect.get(sdk, name);
  if (!Command) throw new Error(`The SDK has no ${name} for ${operation}`);
  return client.send(new Command(input)) as Promise<Operations[O][1]>;
};

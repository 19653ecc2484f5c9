/**
 * The simulated Lambda: concurrency, and what sends events to a function.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
import type {
  DeleteFunctionConcurrencyCommandInput,
  DeleteProvisionedConcurrencyConfigCommandInput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConfigurationCommandInput,
  GetPolicyCommandInput,
  ListEventSourceMappingsCommandInput,
  ListProvisionedConcurrencyConfigsCommandInput,
  ListTagsCommandInput,
  PutFunctionConcurrencyCommandInput,
  PutProvisionedConcurrencyConfigCommandInput,
} from '@aws-sdk/client-lambda';
import { AwsError } from './aws-error.ts';
import type { LambdaFunction } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const arnOf = ({ account, region }: Partition, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

/** By name, or by the ARN that ends in it. */
const findFunction = (partition: Partition, named: string | undefined): LambdaFunction => {
  const found = partition.services.functions.get((named ?? '').split(':').at(-1) ?? '');
  if (!found)
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: ${arnOf(partition, named ?? '')}`,
      404,
    );
  return found;
};

const invalid = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message);

const sum = (counts: Iterable<number>): number => [...counts].reduce((all, one) => all + one, 0);

export const lambdaHandlers = {
  GetFunctionConfiguration(input: GetFunctionConfigurationCommandInput, { partition }: Call) {
    const found = findFunction(partition, input.FunctionName);
    return {
      FunctionName: found.name,
      FunctionArn: arnOf(partition, found.name),
      Role: found.role,
      Timeout: found.timeout,
      State: 'Active',
      ...(found.replicaOf ? { MasterArn: found.replicaOf } : {}),
    };
  },

  GetPolicy(input: GetPolicyCommandInput, { partition }: Call) {
    const { policy } = findFunction(partition, input.FunctionName);
    if (!policy)
      throw new AwsError(
        'ResourceNotFoundException',
        'No policy is associated with the given resource.',
        404,
      );
    return { Policy: policy, RevisionId: '1' };
  },

  ListTags(input: ListTagsCommandInput, { partition }: Call) {
    return { Tags: findFunction(partition, input.Resource).tags };
  },

  GetFunctionConcurrency(input: GetFunctionConcurrencyCommandInput, { partition }: Call) {
    const { reserved } = findFunction(partition, input.FunctionName);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  },

  /** A reservation holds the provisioned concurrency of all versions. */
  PutFunctionConcurrency(input: PutFunctionConcurrencyCommandInput, { partition }: Call) {
    const found = findFunction(partition, input.FunctionName);
    const wanted = input.ReservedConcurrentExecutions ?? 0;
    const needed = sum(found.provisioned.values());
    if (wanted < needed)
      throw invalid(
        `ReservedConcurrentExecutions ${wanted} should not be lower than the function's total provisioned concurrency [${needed}].`,
      );
    found.reserved = wanted;
    return { ReservedConcurrentExecutions: wanted };
  },

  DeleteFunctionConcurrency(input: DeleteFunctionConcurrencyCommandInput, { partition }: Call) {
    delete findFunction(partition, input.FunctionName).reserved;
    return {};
  },

  ListProvisionedConcurrencyConfigs(
    input: ListProvisionedConcurrencyConfigsCommandInput,
    { partition }: Call,
  ) {
    const { name, provisioned } = findFunction(partition, input.FunctionName);
    return {
      ProvisionedConcurrencyConfigs: [...provisioned].map(([qualifier, count]) => ({
        FunctionArn: `${arnOf(partition, name)}:${qualifier}`,
        RequestedProvisionedConcurrentExecutions: count,
        Status: 'READY',
      })),
    };
  },

  PutProvisionedConcurrencyConfig(
    input: PutProvisionedConcurrencyConfigCommandInput,
    { partition }: Call,
  ) {
    const { provisioned, reserved } = findFunction(partition, input.FunctionName);
    const { Qualifier = '', ProvisionedConcurrentExecutions: count = 0 } = input;
    const others = sum([...provisioned].map(([name, one]) => (name === Qualifier ? 0 : one)));
    if (reserved !== undefined && others + count > reserved)
      throw invalid(
        `Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function`,
      );
    provisioned.set(Qualifier, count);
    return { RequestedProvisionedConcurrentExecutions: count, Status: 'IN_PROGRESS' };
  },

  DeleteProvisionedConcurrencyConfig(
    input: DeleteProvisionedConcurrencyConfigCommandInput,
    { partition }: Call,
  ) {
    findFunction(partition, input.FunctionName).provisioned.delete(input.Qualifier ?? '');
    return {};
  },

  ListEventSourceMappings(input: ListEventSourceMappingsCommandInput, { partition }: Call) {
    const { name, sources } = findFunction(partition, input.FunctionName);
    return {
      EventSourceMappings: sources.map((arn, position) => ({
        UUID: `a1b2c3d4-0000-4000-8000-${String(position).padStart(12, '0')}`,
        EventSourceArn: arn,
        FunctionArn: arnOf(partition, name),
        State: 'Enabled',
      })),
    };
  },
} satisfies Handlers;

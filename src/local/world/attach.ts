/** Puts the simulated AWS, or only its rights, in front of an SDK client. */
import type { SdkClient } from '../../aws/sdk-client.ts';
import { AwsError } from './aws-error.ts';
import type { Incoming, World } from './world.ts';

interface Arguments {
  readonly input: object;
}
interface Context {
  /** `DescribeInstancesCommand`. */
  readonly commandName?: string;
}
type Next = (args: Arguments) => Promise<unknown>;
type Middleware = (next: Next, context: Context) => Next;

/** First of all steps: no serialisation, no signing and no retry of the SDK is run. */
const options = { step: 'initialize', priority: 'high', name: 'simulatedAws' };

/** The SDK types its middleware by the client's own commands; here any client's fits. */
const install = (client: SdkClient, middleware: Middleware): void =>
  client.middlewareStack.add(middleware as never, options as never);

const incoming = async (
  client: SdkClient,
  service: string,
  [context, input]: readonly [Context, object],
): Promise<Incoming> => {
  const [region, credentials] = await Promise.all([
    client.config.region(),
    client.config.credentials(),
  ]);
  const operation = context.commandName?.replace(/Command$/, '');
  if (!operation)
    throw new AwsError('NotImplementedBySimulator', `A nameless ${service} call`, 501);
  return { service, operation, input, region, accessKeyId: credentials.accessKeyId };
};

/** On its way to a real server, if it may go there. */
const admitted = (world: World, call: Incoming, next: () => Promise<unknown>): Promise<unknown> =>
  world.network(call, async () => {
    await world.admit(call);
    return next();
  });

/** From now on the world answers this client. `service` is the IAM prefix: `ec2`, `states`. */
export const attach = (client: SdkClient, service: string, world: World): void =>
  attachBut(client, service, world, () => false);

/** The world answers all but the calls on what is answered elsewhere: it only admits those. */
export const attachBut = (
  client: SdkClient,
  service: string,
  world: World,
  elsewhere: (input: object) => boolean,
): void =>
  install(client, (next, context) => async (args) => {
    const call = await incoming(client, service, [context, args.input]);
    if (elsewhere(args.input)) return admitted(world, call, () => next(args));
    const output = await world.network(call, () => world.dispatch(call));
    const $metadata = {
      httpStatusCode: 200,
      requestId: `simulated-${world.calls.length}`,
      attempts: 1,
      totalRetryDelay: 0,
    };
    return { output: { ...output, $metadata }, response: {} };
  });

/** The client goes on calling its real endpoint, but only what its principal may call. */
export const guard = (client: SdkClient, service: string, world: World): void =>
  install(client, (next, context) => async (args) => {
    const call = await incoming(client, service, [context, args.input]);
    return admitted(world, call, () => next(args));
  });

/**
 * The simulated EC2: what the console of an instance shows.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-console.html
 */
import type {
  GetConsoleOutputCommandInput,
  GetConsoleScreenshotCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { isNitro } from './ec2-connections.ts';
import { findInstance } from './ec2-instances.ts';
import type { Call, Handlers } from './world.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const ec2Console = {
  GetConsoleOutput(input: GetConsoleOutputCommandInput, { partition, world }: Call) {
    const instance = findInstance(partition, input.InstanceId ?? '');
    if (input.Latest && !isNitro(instance))
      throw new AwsError(
        'UnsupportedOperation',
        'This instance type does not support retrieving the latest console logs. Please see the documentation for supported types.',
      );
    return {
      InstanceId: instance.id,
      Output: base64(instance.console ?? 'Welcome to Example Linux\nlogin: '),
      Timestamp: new Date(world.now()),
    };
  },

  GetConsoleScreenshot(input: GetConsoleScreenshotCommandInput, { partition }: Call) {
    const instance = findInstance(partition, input.InstanceId ?? '');
    if (instance.state !== 'running')
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${instance.id}' is not in the 'running' state`,
      );
    return { InstanceId: instance.id, ImageData: base64('a simulated screenshot') };
  },
} satisfies Handlers;

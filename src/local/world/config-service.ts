/**
 * The simulated AWS Config: its recorder.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html
 */
import type {
  DescribeConfigurationRecorderStatusCommandInput,
  DescribeConfigurationRecordersCommandInput,
  StartConfigurationRecorderCommandInput,
  StopConfigurationRecorderCommandInput,
} from '@aws-sdk/client-config-service';
import { AwsError } from './aws-error.ts';
import type { Recorder } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const findRecorder = ({ services }: Partition, name: string | undefined): Recorder => {
  const found = services.recorders.get(name ?? '');
  if (!found)
    throw new AwsError(
      'NoSuchConfigurationRecorderException',
      `Cannot find configuration recorder with the specified name '${name}'.`,
    );
  return found;
};

const named = (partition: Partition, names: readonly string[] | undefined): readonly Recorder[] =>
  names?.map((name) => findRecorder(partition, name)) ?? [...partition.services.recorders.values()];

const setRecording = (partition: Partition, name: string | undefined, recording: boolean) => {
  const recorder = findRecorder(partition, name);
  if (recorder.servicePrincipal)
    throw new AwsError(
      'UnmodifiableEntityException',
      'The requested operation is not valid: the recorder is linked to a service.',
    );
  recorder.recording = recording;
  return {};
};

export const configHandlers = {
  DescribeConfigurationRecorders(
    input: DescribeConfigurationRecordersCommandInput,
    { partition }: Call,
  ) {
    return {
      ConfigurationRecorders: named(partition, input.ConfigurationRecorderNames).map((each) => ({
        name: each.name,
        roleARN: `arn:aws:iam::${partition.account}:role/config`,
        recordingGroup: { allSupported: true },
        ...(each.servicePrincipal ? { servicePrincipal: each.servicePrincipal } : {}),
      })),
    };
  },

  DescribeConfigurationRecorderStatus(
    input: DescribeConfigurationRecorderStatusCommandInput,
    { partition }: Call,
  ) {
    return {
      ConfigurationRecordersStatus: named(partition, input.ConfigurationRecorderNames).map(
        ({ name, recording }) => ({ name, recording }),
      ),
    };
  },

  DescribeDeliveryChannels(_input: object, { partition: { services } }: Call) {
    return { DeliveryChannels: services.deliveryChannel ? [{ name: 'default' }] : [] };
  },

  StartConfigurationRecorder(input: StartConfigurationRecorderCommandInput, { partition }: Call) {
    if (!partition.services.deliveryChannel)
      throw new AwsError(
        'NoAvailableDeliveryChannelException',
        'Delivery channel is not available to start configuration recorder.',
      );
    return setRecording(partition, input.ConfigurationRecorderName, true);
  },

  StopConfigurationRecorder(input: StopConfigurationRecorderCommandInput, { partition }: Call) {
    return setRecording(partition, input.ConfigurationRecorderName, false);
  },
} satisfies Handlers;

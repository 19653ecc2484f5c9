/**
 * The simulated AWS Config: its recorder, and what it recorded.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html
 */
import type {
  DescribeConfigurationRecorderStatusCommandInput,
  DescribeConfigurationRecordersCommandInput,
  GetResourceConfigHistoryCommandInput,
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

const mostItems = 100;

export const configHandlers = {
  /** https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html */
  GetResourceConfigHistory(
    input: GetResourceConfigHistoryCommandInput,
    { partition: { account, region, services } }: Call,
  ) {
    const { resourceType, resourceId, limit = 10, nextToken = '0' } = input;
    if (limit > mostItems)
      throw new AwsError('InvalidLimitException', 'The limit is out of range.');
    if (services.recorders.size === 0)
      throw new AwsError(
        'NoAvailableConfigurationRecorderException',
        'There are no configuration recorders available.',
      );
    const items = services.recorded.get(`${resourceType}/${resourceId}`);
    if (!items)
      throw new AwsError(
        'ResourceNotDiscoveredException',
        `Resource ${resourceId} of resourceType ${resourceType} is unknown or has not been discovered`,
      );
    const [from, to] = [input.earlierTime?.getTime() ?? 0, input.laterTime?.getTime() ?? Infinity];
    const within = items.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
    const ordered = input.chronologicalOrder === 'Forward' ? within : within.toReversed();
    const start = Number(nextToken);
    return {
      configurationItems: ordered.slice(start, start + limit).map((item) => ({
        accountId: account,
        awsRegion: region,
        resourceType,
        resourceId,
        configurationItemCaptureTime: new Date(item.at),
        configurationItemStatus: item.status,
        configuration: JSON.stringify(item.configuration),
        supplementaryConfiguration: item.beside ?? {},
      })),
      ...(start + limit < ordered.length ? { nextToken: String(start + limit) } : {}),
    };
  },

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

import { guardDutyEvent, outboundConnection } from './guardduty-event.ts';
import { defineScenario } from './scenario.ts';

const instance = 'i-0d1e2f3a4b5c60718';
const networkInterface = 'eni-0d1e2f3a4b5c60711';
const group = 'sg-0d1e2f3a4b5c60711';

export const compromisedInstance = defineScenario({
  id: 'compromised-instance',
  title: 'Server under somebody else’s control',
  story: 'A server asks a known control server what to do next.',
  event: (stage) =>
    guardDutyEvent(stage, {
      type: 'Backdoor:EC2/C&CActivity.B',
      severity: 8,
      title: `Command and Control server IP address queried by EC2 instance ${instance}.`,
      description: `EC2 instance ${instance} is querying an IP address that is associated with a known Command & Control server.`,
      resource: {
        resourceType: 'Instance',
        instanceDetails: {
          instanceId: instance,
          tags: [{ key: 'Name', value: 'drill-server' }],
          networkInterfaces: [
            {
              networkInterfaceId: networkInterface,
              vpcId: 'vpc-0d1e2f3a4b5c60718',
              subnetId: 'subnet-0d1e2f3a4b5c60711',
              privateIpAddress: '10.0.9.18',
              securityGroups: [{ groupId: group, groupName: 'drill-web' }],
            },
          ],
        },
      },
      action: outboundConnection,
    }),
  drift: ({ account, region }) => [
    { account, region, operation: 'ec2:StopInstances', input: { InstanceIds: [instance] } },
  ],
  counterMove: ({ account, region }) => [
    {
      account,
      region,
      operation: 'ec2:ModifyNetworkInterfaceAttribute',
      input: { NetworkInterfaceId: networkInterface, Groups: [group] },
    },
  ],
  good: {
    contains: ['compromised-instance', 'isolate-instance'],
    because: 'cut off from the network it harms nobody, and its memory and disks stay to be read',
    harms: {
      'stop-instance': 'what was in its memory is lost',
      'quarantine-account': 'it stops everybody in the account, for one server',
    },
  },
});

/** GuardDuty findings as EventBridge delivers them, about the example organisation, dated now. */

export interface Story {
  readonly type: string;
  readonly severity: number;
  readonly title: string;
  readonly description: string;
  /** 32 hexadecimal digits: the same story is the same finding. */
  readonly id: string;
  readonly resource: object;
  readonly action: object;
  readonly count: number;
  /** How long it has been going on. */
  readonly minutes: number;
}

const account = '123456789012';
const region = 'eu-west-1';
const detector = '12abc34d567e8fa901bc2d34e56789f0';

/** `now` in milliseconds since 1970. */
export const guardDutyEvent = (story: Story, now: number): object => {
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
  return {
    version: '0',
    id: `${story.id.slice(0, 8)}-${String(now).slice(-12)}`,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: at(0),
    region,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region,
      partition: 'aws',
      id: story.id,
      arn: `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/${story.id}`,
      type: story.type,
      resource: story.resource,
      service: {
        serviceName: 'guardduty',
        detectorId: detector,
        resourceRole: 'ACTOR',
        action: story.action,
        eventFirstSeen: at(story.minutes),
        eventLastSeen: at(1),
        archived: false,
        count: story.count,
      },
      severity: story.severity,
      title: story.title,
      description: story.description,
      createdAt: at(story.minutes),
      updatedAt: at(1),
    },
  };
};

const remote = (ip: string, country: string, organisation: string) => ({
  ipAddressV4: ip,
  country: { countryName: country },
  city: { cityName: '' },
  organization: { asn: '64500', asnOrg: organisation, isp: organisation, org: organisation },
  geoLocation: { lat: 0, lon: 0 },
});

export const exampleInstance = {
  instance: 'i-0a1b2c3d4e5f60718',
  interfaces: ['eni-0a1b2c3d4e5f60711', 'eni-0a1b2c3d4e5f60712'],
} as const;

export const compromisedServer: Story = {
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  type: 'Backdoor:EC2/C&CActivity.B',
  severity: 8,
  title: 'Command and Control server IP address queried by EC2 instance i-0a1b2c3d4e5f60718.',
  description:
    'EC2 instance i-0a1b2c3d4e5f60718 is querying an IP address that is associated with a known Command & Control server.',
  count: 14,
  minutes: 23,
  resource: {
    resourceType: 'Instance',
    instanceDetails: {
      instanceId: exampleInstance.instance,
      tags: [{ key: 'Name', value: 'checkout-api' }],
      networkInterfaces: [],
    },
  },
  action: {
    actionType: 'NETWORK_CONNECTION',
    networkConnectionAction: {
      connectionDirection: 'OUTBOUND',
      protocol: 'TCP',
      blocked: false,
      localPortDetails: { port: 39677, portName: 'Unknown' },
      remotePortDetails: { port: 443, portName: 'HTTPS' },
      remoteIpDetails: remote('192.0.2.44', 'Exampleland', 'Example Hosting'),
    },
  },
};

export const leakedKey: Story = {
  id: '26b0fa4d2c41e07c9e3e5e2e544e9abc',
  type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  severity: 8.4,
  title: 'API GetCallerIdentity was invoked from a known malicious IP address.',
  description:
    'API GetCallerIdentity was invoked from an IP address on a threat list, with the credentials of ci-deploy.',
  count: 31,
  minutes: 9,
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      principalId: 'AIDACKCEVSQ6C2EXAMPLE',
      userName: 'ci-deploy',
      userType: 'IAMUser',
    },
  },
  action: {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: 'GetCallerIdentity',
      serviceName: 'sts.amazonaws.com',
      callerType: 'Remote IP',
      remoteIpDetails: remote('198.51.100.77', 'Exampleland', 'Example VPN'),
    },
  },
};

export const portScan: Story = {
  id: '36c1fb5e3d52f18d0f4f6f3f655fabcd',
  type: 'Recon:EC2/Portscan',
  severity: 5,
  title: 'EC2 instance i-0f1e2d3c4b5a69788 is performing outbound port scans.',
  description:
    'EC2 instance i-0f1e2d3c4b5a69788 is performing outbound port scans against 203.0.113.9.',
  count: 212,
  minutes: 180,
  resource: {
    resourceType: 'Instance',
    instanceDetails: {
      instanceId: 'i-0f1e2d3c4b5a69788',
      tags: [{ key: 'Name', value: 'checkout-worker' }],
      networkInterfaces: [],
    },
  },
  action: {
    actionType: 'NETWORK_CONNECTION',
    networkConnectionAction: {
      connectionDirection: 'OUTBOUND',
      protocol: 'TCP',
      blocked: false,
      localPortDetails: { port: 40112, portName: 'Unknown' },
      remotePortDetails: { port: 22, portName: 'SSH' },
      remoteIpDetails: remote('203.0.113.9', 'Exampleland', 'Example Partner'),
    },
  },
};

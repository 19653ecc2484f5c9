/**
 * The storm as data: GuardDuty findings about a few resources, the same for the same seed. Each
 * resource is one group; how many findings it gets falls with its rank (Zipf).
 */
import { guardDutyEvent, type Story } from '../../src/local/scenarios/guardduty-event.ts';
import { type Random, randomFrom } from '../random.ts';

export interface StormPlan {
  readonly seed: number;
  readonly findings: number;
  readonly groups: number;
  readonly seconds: number;
  /** What the events call now; milliseconds since 1970. */
  readonly now: number;
}

/** What the findings of one group are about. */
interface StormGroup {
  readonly name: string;
  readonly kind: 'instance' | 'key' | 'bucket';
  /** Texts of which every card about this group shows at least one. */
  readonly marks: readonly string[];
}

export interface StormFinding {
  /** The finding's own id: a second delivery of it is the same finding. */
  readonly id: string;
  /** Position in `groups`. */
  readonly group: number;
  /** When it is sent; milliseconds after the storm's start. */
  readonly at: number;
  /** As EventBridge delivers it. */
  readonly event: object;
}

export interface Storm {
  readonly groups: readonly StormGroup[];
  /** By the time at which they are sent. */
  readonly findings: readonly StormFinding[];
}

type Kind = StormGroup['kind'];
type Alert = readonly [type: string, severity: number];

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html */
const alerts: Readonly<Record<Kind, readonly Alert[]>> = {
  instance: [
    ['Backdoor:EC2/C&CActivity.B', 8],
    ['CryptoCurrency:EC2/BitcoinTool.B!DNS', 8],
    ['UnauthorizedAccess:EC2/TorClient', 8],
    ['Trojan:EC2/DNSDataExfiltration', 8],
    ['Recon:EC2/Portscan', 5],
    ['Behavior:EC2/NetworkPortUnusual', 5],
  ],
  key: [
    ['UnauthorizedAccess:IAMUser/MaliciousIPCaller', 5],
    ['CredentialAccess:IAMUser/AnomalousBehavior', 5],
    ['Persistence:IAMUser/AnomalousBehavior', 5],
    ['Exfiltration:IAMUser/AnomalousBehavior', 8],
  ],
  bucket: [
    ['Exfiltration:S3/MaliciousIPCaller', 8],
    ['UnauthorizedAccess:S3/TorIPCaller', 8],
    ['Discovery:S3/MaliciousIPCaller', 8],
    ['Discovery:S3/AnomalousBehavior', 5],
  ],
};
/** One finding in so many is CRITICAL. */
const criticalOneIn = 1000;
const criticalSeverity = 9.2;

const padded = (n: number, digits: number, base = 10): string =>
  n.toString(base).padStart(digits, '0');

/** Three of five groups are servers, one is a user's key, one a bucket. */
const groupOf = (n: number): StormGroup => {
  const number = padded(n + 1, 4);
  if (n % 5 === 3) {
    const marks = [`AKIASTORMEXAMPLE${number}`, `ci-storm-${number}`];
    return { name: `key ${number}`, kind: 'key', marks };
  }
  if (n % 5 === 4)
    return { name: `bucket ${number}`, kind: 'bucket', marks: [`storm-example-${number}`] };
  return {
    name: `instance ${number}`,
    kind: 'instance',
    marks: [`i-0${padded(n + 1, 16, 16)}`],
  };
};

const resourceOf = ({ kind, marks: [id = '', user] }: StormGroup): object => {
  switch (kind) {
    case 'instance':
      return {
        resourceType: 'Instance',
        instanceDetails: { instanceId: id, tags: [], networkInterfaces: [] },
      };
    case 'key':
      return {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: id,
          principalId: 'AIDACKCEVSQ6C2EXAMPLE',
          userName: user,
          userType: 'IAMUser',
        },
      };
    case 'bucket':
      return {
        resourceType: 'S3Bucket',
        s3BucketDetails: [{ name: id, arn: `arn:aws:s3:::${id}`, type: 'Destination' }],
      };
    default:
      return kind satisfies never;
  }
};

const remoteIpDetails = (random: Random): object => ({
  ipAddressV4: `192.0.2.${1 + random.below(254)}`,
  country: { countryName: 'Exampleland' },
  city: { cityName: '' },
  organization: { asn: '64500', asnOrg: 'Example', isp: 'Example', org: 'Example' },
  geoLocation: { lat: 0, lon: 0 },
});

const actionOf = (kind: Kind, random: Random): object =>
  kind === 'instance'
    ? {
        actionType: 'NETWORK_CONNECTION',
        networkConnectionAction: {
          connectionDirection: 'OUTBOUND',
          protocol: 'TCP',
          blocked: false,
          localPortDetails: { port: 1024 + random.below(60_000), portName: 'Unknown' },
          remotePortDetails: { port: 443, portName: 'HTTPS' },
          remoteIpDetails: remoteIpDetails(random),
        },
      }
    : {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api: kind === 'key' ? 'ListUsers' : 'GetObject',
          serviceName: kind === 'key' ? 'iam.amazonaws.com' : 's3.amazonaws.com',
          callerType: 'Remote IP',
          remoteIpDetails: remoteIpDetails(random),
        },
      };

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.below(16).toString(16)).join('');

const storyOf = (group: StormGroup, random: Random): Story => {
  const choices = alerts[group.kind];
  const [type, usual] = choices[random.below(choices.length)] as Alert;
  const severity = random.below(criticalOneIn) === 0 ? criticalSeverity : usual;
  const [mark = ''] = group.marks;
  return {
    id: hex(random, 32),
    type,
    severity,
    title: `${type} on ${mark}.`,
    description: `An example of ${type}, about ${mark}.`,
    resource: resourceOf(group),
    action: actionOf(group.kind, random),
    count: 1 + random.below(20),
    minutes: 2 + random.below(30),
  };
};

/** Group of each finding: everyone has one, the rest falls to the ranks by 1/rank. */
const ranks = (plan: StormPlan, random: Random): readonly number[] => {
  const weights = Array.from({ length: plan.groups }, (_, n) => 1 / (n + 1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const draw = (): number => {
    let left = random.next() * sum;
    for (const [n, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return n;
    }
    return weights.length - 1;
  };
  return Array.from({ length: plan.findings }, (_, n) => (n < plan.groups ? n : draw()));
};

export const stormOf = (plan: StormPlan): Storm => {
  const random = randomFrom(plan.seed);
  const groups = Array.from({ length: plan.groups }, (_, n) => groupOf(n));
  const findings = ranks(plan, random)
    .map((group) => ({ group, at: random.next() * plan.seconds * 1000 }))
    .sort((a, b) => a.at - b.at)
    .map(({ group, at }): StormFinding => {
      const story = storyOf(groups[group] as StormGroup, random);
      return { id: story.id, group, at, event: guardDutyEvent(story, plan.now + Math.floor(at)) };
    });
  return { groups, findings };
};

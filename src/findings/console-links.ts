/**
 * Addresses in AWS's own consoles, built from parts that were checked: whatever does not look exactly
 * like an account, a Region or an id makes no link. Pure; a hostile value can at worst cost a link.
 * Hosts: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-endpoints.html and
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html
 */
import type { Finding, Resource } from './finding.ts';

export interface ConsoleLink {
  readonly label: 'Console' | 'Finding' | 'Detective' | 'CloudTrail';
  /** Always https, on a host of AWS. */
  readonly url: string;
}

const regionShape = /^[a-z]{2}(?:-(?:gov|iso[a-z]?|isob))?-[a-z]{4,12}-\d$/;
const accountShape = /^\d{12}$/;

/** The console's host of a Region; undefined for a Region of no public partition. */
const hostOf = (region: string): string | undefined => {
  if (!regionShape.test(region)) return undefined;
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
  return /^[a-z]{2}-iso/.test(region) ? undefined : `${region}.console.aws.amazon.com`;
};

/** What an id of each kind looks like, and where it is shown; `q` is the id, encoded. */
const places: {
  readonly [kind: string]: readonly [RegExp, (q: string, region: string) => string];
} = {
  instance: [
    /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
    (q, region) => `/ec2/home?region=${region}#InstanceDetails:instanceId=${q}`,
  ],
  'security-group': [
    /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
    (q, region) => `/ec2/home?region=${region}#SecurityGroup:groupId=${q}`,
  ],
  user: [/^[\w+=,.@-]{1,64}$/, (q) => `/iam/home#/users/details/${q}`],
  role: [/^[\w+=,.@-]{1,64}$/, (q) => `/iam/home#/roles/details/${q}`],
  bucket: [
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    (q, region) => `/s3/buckets/${q}?region=${region}`,
  ],
  function: [
    /^[A-Za-z0-9_-]{1,64}$/,
    (q, region) => `/lambda/home?region=${region}#/functions/${q}`,
  ],
};

const consoleOf = (host: string, region: string, resource: Resource): string | undefined => {
  const [shape, path] = places[resource.kind] ?? [];
  return shape?.test(resource.id) && path
    ? `https://${host}${path(encodeURIComponent(resource.id), region)}`
    : undefined;
};

const keyShape = /^A(?:KIA|SIA)[A-Z0-9]{12,28}$/;
const nameShape = /^[\w+=,.@-]{1,128}$/;

/** Event history by what it can be looked up by: a key, a user, or a resource. */
const trailQuery = (resource: Resource): string | undefined => {
  if (resource.kind === 'access-key' && keyShape.test(resource.id))
    return `AccessKeyId=${encodeURIComponent(resource.id)}`;
  if (resource.kind === 'user' && nameShape.test(resource.id))
    return `Username=${encodeURIComponent(resource.id)}`;
  const [shape] = places[resource.kind] ?? [];
  return shape?.test(resource.id) ? `ResourceName=${encodeURIComponent(resource.id)}` : undefined;
};

/** GuardDuty's own id of a finding: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html */
const findingShape = /^[0-9a-f]{32}$/;

const findingUrl = (host: string, region: string, resource: Resource): string | undefined =>
  resource.kind === 'finding' && resource.keptBy === 'guardduty' && findingShape.test(resource.key)
    ? `https://${host}/guardduty/home?region=${region}#/findings?search=id%3D${resource.key}`
    : undefined;

const isDetectable = ({ kind, id }: Resource): boolean =>
  kind === 'instance' && places['instance']?.[0].test(id) === true;

/** Detective's profile of an instance; there is no Detective in China. */
const detectiveUrl = (host: string, region: string, resource: Resource): string | undefined =>
  isDetectable(resource) && !region.startsWith('cn-')
    ? `https://${host}/detective/home?region=${region}#entities/Ec2Instance/${encodeURIComponent(resource.id)}`
    : undefined;

type Make = (host: string, region: string, resource: Resource) => string | undefined;

const makers: readonly (readonly [ConsoleLink['label'], Make])[] = [
  ['Console', consoleOf],
  ['Finding', findingUrl],
  [
    'CloudTrail',
    (host, region, resource) => {
      const query = trailQuery(resource);
      return query && `https://${host}/cloudtrailv2/home?region=${region}#/events?${query}`;
    },
  ],
  ['Detective', detectiveUrl],
];

/** At most one of each kind, about the first resource for which there is one. */
export const consoleLinks = (finding: Finding): readonly ConsoleLink[] => {
  const { region, account, resources } = finding;
  const host = hostOf(region);
  if (!host || !accountShape.test(account)) return [];
  return makers.flatMap(([label, make]) => {
    const url = resources.map((resource) => make(host, region, resource)).find(Boolean);
    return url ? [{ label, url }] : [];
  });
};

/**
 * Whether what the organisation baseline (infra/baseline-stack.ts) switched on for every account is still on, in
 * every Region that the administrator account has: asked where `deployment.baseline` says that it was deployed.
 */
import { accessAnalyzer } from '../baseline/access-analyzer.ts';
import { guardDuty } from '../baseline/guardduty.ts';
import { guardDutyAccounts } from '../baseline/guardduty-accounts.ts';
import { inspector } from '../baseline/inspector.ts';
import type { Found, Part, Spot } from '../baseline/part.ts';
import { securityHub } from '../baseline/security-hub.ts';
import { trail } from '../baseline/trail.ts';
import { CallFailed } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import {
  answered,
  type Question,
  type Reader,
  type Scope,
  usualMinutes,
  type WideReader,
} from '../question.ts';

const parts: readonly Part[] = [
  guardDuty,
  guardDutyAccounts,
  securityHub,
  accessAnalyzer,
  trail,
  inspector,
];

/** What a part says, or the error where AWS did not let it look. */
interface Look {
  readonly service: string;
  readonly region: string;
  readonly seen: Found | CallFailed;
}

const failureOf = (error: unknown): CallFailed => {
  if (error instanceof CallFailed) return error;
  throw error;
};

const lookIn = async (reader: Reader, spot: Spot): Promise<readonly Look[]> => {
  const looks: Look[] = [];
  for (const part of parts.filter(({ where }) => where === 'each' || spot.region === 'home'))
    looks.push({
      service: part.service,
      region: reader.region,
      seen: await part.look(reader, spot).catch(failureOf),
    });
  return looks;
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html: those that are enabled */
const otherRegions = async (
  reader: Reader,
): Promise<readonly (readonly [string, Spot['region']])[]> => {
  const { Regions = [] } = await reader.call('ec2:DescribeRegions', {});
  return Regions.flatMap(({ RegionName, OptInStatus }) =>
    RegionName && RegionName !== reader.region
      ? [[RegionName, OptInStatus === 'opted-in' ? 'opted' : 'usual'] as const]
      : [],
  );
};

/** Every other Region at the same time; the error where AWS does not tell which there are. */
const lookElsewhere = async (
  reader: WideReader,
  scope: Scope,
): Promise<readonly Look[] | CallFailed> => {
  const regions = await otherRegions(reader).catch(failureOf);
  if (regions instanceof CallFailed) return regions;
  const looks = regions.map(async ([name, region]) =>
    lookIn(await reader.in(name), { scope, region }),
  );
  return (await Promise.all(looks)).flat();
};

/** Regions that are named; an organisation may have closed all but a few by policy. */
const mostRegions = 3;

const listed = (regions: readonly string[]): string =>
  regions.length > mostRegions
    ? `${regions.slice(0, mostRegions).join(', ')} and ${regions.length - mostRegions} more`
    : regions.join(', ');

/** What was not told, by the Regions in which it was not: the same Regions once. */
const unreadOf = (looks: readonly Look[], home: string): readonly string[] => {
  const failed = looks.filter(({ seen }) => seen instanceof CallFailed);
  const regionsOf = (service: string): string =>
    listed(failed.filter((each) => each.service === service).map(({ region }) => region));
  const services = [...new Set(failed.map(({ service }) => service))];
  return [...new Set(services.map(regionsOf))].map((regions) => {
    const names = services.filter((service) => regionsOf(service) === regions).join(', ');
    return regions === home ? names : `${names} in ${regions}`;
  });
};

const offIn = ({ seen, region }: Look, home: string): readonly string[] => {
  if (seen instanceof CallFailed) return [];
  return region === home ? seen.off : seen.off.map((name) => `${name} (${region})`);
};

export const organizationBaseline: Question = {
  id: 'organization-baseline',
  title: 'Organisation baseline',
  reads: [
    'ec2:DescribeRegions',
    'guardduty:ListDetectors',
    'guardduty:GetDetector',
    'guardduty:ListMembers',
    'guardduty:DescribeOrganizationConfiguration',
    'securityhub:DescribeOrganizationConfiguration',
    'securityhub:ListConfigurationPolicyAssociations',
    'securityhub:GetConfigurationPolicy',
    'access-analyzer:ListAnalyzers',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'inspector2:DescribeOrganizationConfiguration',
  ],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    // It is of the organisation, not of an account.
    if (scope.kind === 'one') return answered([]);
    const here = await lookIn(reader, { scope, region: 'home' });
    const [first] = here;
    // Nothing is known at all.
    if (first?.seen instanceof CallFailed && here.every(({ seen }) => seen instanceof CallFailed))
      throw first.seen;
    const elsewhere = await lookElsewhere(reader, scope);
    const looks = elsewhere instanceof CallFailed ? here : [...here, ...elsewhere];
    const off = looks.flatMap((look) => offIn(look, reader.region));
    const unread = [
      ...unreadOf(looks, reader.region),
      ...(elsewhere instanceof CallFailed ? ['the other Regions'] : []),
    ];
    return answered(
      [
        {
          label: 'parts of the baseline that are not on for every account',
          value: off.length,
          of: looks.reduce(
            (total, { seen }) => total + (seen instanceof CallFailed ? 0 : seen.count),
            0,
          ),
          verdict: off.length > 0 ? 'act' : 'fine',
          link: consoleUrl('guarddutyAccounts', reader.region),
          ...(off.length > 0 ? { names: off } : {}),
        },
      ],
      unread.length > 0 ? `AWS did not tell about ${unread.join(', ')}` : undefined,
    );
  },
};

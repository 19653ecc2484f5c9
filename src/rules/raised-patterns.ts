/** Patterns for what rules raise: findings that would be dropped by their own severity. */
import type { Source } from '../findings/finding.ts';
import { type NamedPattern, named } from './named-pattern.ts';
import type { Raised, Rule } from './rule.ts';

interface Bus {
  readonly source: string | { readonly prefix: string };
  readonly detailTypes: readonly string[];
  /** Where in the detail the finding's type is, byte for byte; none where it is put together. */
  readonly type?: string;
}

const buses: { readonly [S in Source]: Bus } = {
  guardduty: { source: 'aws.guardduty', detailTypes: ['GuardDuty Finding'], type: 'type' },
  'securityhub-asff': {
    source: 'aws.securityhub',
    detailTypes: ['Security Hub Findings - Imported', 'Security Hub Findings - Custom Action'],
  },
  'securityhub-ocsf': { source: 'aws.securityhub', detailTypes: ['Findings Imported V2'] },
  accessanalyzer: {
    source: 'aws.access-analyzer',
    detailTypes: [
      'Access Analyzer Finding',
      'Internal Access Finding',
      'Unused Access Finding for IAM entities',
    ],
    type: 'resourceType',
  },
  inspector2: { source: 'aws.inspector2', detailTypes: ['Inspector2 Finding'], type: 'type' },
  macie: { source: 'aws.macie', detailTypes: ['Macie Finding'], type: 'type' },
  config: {
    source: 'aws.config',
    detailTypes: ['Config Rules Compliance Change'],
    type: 'configRuleName',
  },
  health: {
    source: 'aws.health',
    detailTypes: ['AWS Health Event', 'AWS Health Abuse Event'],
    type: 'eventTypeCode',
  },
  cloudtrail: {
    source: { prefix: 'aws.' },
    detailTypes: ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'],
  },
};

/** So many types fit into a pattern of 4,096 characters, four spellings each. */
const typesInOne = 12;

/** One pattern for each thing that is raised, types taken together; only of sources that are read. */
export const raisedPatterns = (
  rules: readonly Rule[],
  isRead: (source: Source) => boolean,
): readonly NamedPattern[] => {
  const raised = rules.flatMap((rule) => rule.raises ?? []);
  const typed = raised.filter((one) => one.types !== undefined && buses[one.source].type);
  const others = raised.filter((one) => !typed.includes(one));
  return [
    ...(Object.keys(buses) as readonly Source[]).flatMap((source) =>
      byType(source, typesOf(typed, source), isRead),
    ),
    ...others
      .filter(({ source }) => isRead(source))
      .flatMap(({ source, detail }, index) =>
        named(`raised-${source}-${index + 1}`, {
          source: buses[source].source,
          types: buses[source].detailTypes,
          detail: detail ?? anything(source),
        }),
      ),
  ];
};

const typesOf = (raised: readonly Raised[], source: Source): readonly string[] => {
  const types = raised.filter((one) => one.source === source).flatMap((one) => one.types ?? []);
  return [...new Set(types)].sort();
};

/** A detail always has one of these fields. */
const anything = (source: Source): object => {
  const present = [{ exists: true }];
  if (source === 'securityhub-asff') return { findings: { Id: [...present, { exists: false }] } };
  if (source === 'securityhub-ocsf')
    return { findings: { class_uid: [...present, { exists: false }] } };
  return { [buses[source].type ?? 'eventName']: [...present, { exists: false }] };
};

const byType = (
  source: Source,
  types: readonly string[],
  isRead: (source: Source) => boolean,
): readonly NamedPattern[] =>
  chunks(types).flatMap((chunk, index) => [
    ...named(`raised-${source}-types-${index + 1}`, {
      source: buses[source].source,
      types: buses[source].detailTypes,
      detail: isRead(source)
        ? { [buses[source].type ?? 'type']: chunk.map((type) => fitting(type)) }
        : undefined,
    }),
    ...(source === 'guardduty' ? relayed(chunk, index, isRead) : []),
  ]);

const chunks = (types: readonly string[]): readonly (readonly string[])[] =>
  types.flatMap((_, index) =>
    index % typesInOne === 0 ? [types.slice(index, index + typesInOne)] : [],
  );

const fitting = (type: string, before = ''): unknown => {
  const wanted = `${before}${type.replaceAll('\\', '\\\\')}`.replaceAll(/\*{2,}/g, '*');
  return wanted.includes('*') ? { wildcard: wanted } : wanted;
};

/** Security Hub writes GuardDuty's types as `TTPs/…/Stealth:IAMUser-X`, or as they are. */
const relayed = (
  types: readonly string[],
  index: number,
  isRead: (source: Source) => boolean,
): readonly NamedPattern[] => {
  const spelt = types.flatMap((type) => [
    fitting(type, '*'),
    ...(type.includes('/') ? [fitting(type.replace('/', '-'), '*')] : []),
  ]);
  return [
    ...named(`raised-guardduty-in-asff-${index + 1}`, {
      source: 'aws.securityhub',
      types: buses['securityhub-asff'].detailTypes,
      detail: isRead('securityhub-asff') ? { findings: { Types: spelt } } : undefined,
    }),
    ...named(`raised-guardduty-in-ocsf-${index + 1}`, {
      source: 'aws.securityhub',
      types: buses['securityhub-ocsf'].detailTypes,
      detail: isRead('securityhub-ocsf')
        ? { findings: { finding_info: { types: spelt } } }
        : undefined,
    }),
  ];
};

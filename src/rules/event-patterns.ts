/** The event patterns that AWS is given, made from the configuration. */
import { watched } from '../findings/cloudtrail-watch.ts';
import { atLeast, type Severity, type Source, severities } from '../findings/finding.ts';
import { healthSeverities } from '../findings/health.ts';
import { parse } from '../findings/parse.ts';
import type { Rule } from './rule.ts';

/** One EventBridge rule: its name and its pattern, as parsed JSON of at most 4,096 characters. */
interface NamedPattern {
  readonly name: string;
  readonly pattern: { readonly [field: string]: unknown };
}

interface PatternSettings {
  readonly severity: { readonly card: Severity };
  /** Rules that raise a severity keep what they raise from being dropped. */
  readonly rules?: readonly Rule[];
  /** Whose findings become cards; every source's when absent. */
  readonly sources?: readonly Source[];
}

type Patterns = (settings: PatternSettings) => readonly NamedPattern[];

/**
 * Every pattern to deploy, one EventBridge rule each, so that noise is dropped before it costs
 * anything: findings below `severity.card`, and CloudTrail's calls that nobody reads. A pattern may
 * let through more than becomes a card, never less. Security Hub's copies of GuardDuty's findings
 * pass: they are the same cases, and the only ones where GuardDuty's own events are not forwarded.
 */
export const eventPatterns: Patterns = (settings) => {
  const read = (...sources: readonly Source[]): boolean =>
    sources.some((source) => settings.sources?.includes(source) ?? true);
  return [
    ...(read('guardduty') ? guardDuty(settings) : []),
    ...(read('securityhub-asff', 'securityhub-ocsf') ? securityHub(settings) : []),
    ...(read('accessanalyzer') ? accessAnalyzer(settings) : []),
    ...(read('inspector2') ? inspector(settings) : []),
    ...(read('macie') ? macie(settings) : []),
    ...(read('config') ? config(settings) : []),
    ...(read('health') ? health(settings) : []),
    ...(read('cloudtrail') ? cloudTrail(settings) : []),
  ];
};

/** None when `detail` is undefined: then nothing of this kind can reach the floor. */
const named = (
  name: string,
  event: {
    readonly source: string | { readonly prefix: string };
    readonly types: readonly string[];
    readonly detail: object | undefined;
  },
): readonly NamedPattern[] => {
  const { source, types, detail } = event;
  return detail ? [{ name, pattern: { source: [source], 'detail-type': types, detail } }] : [];
};

const below = (card: Severity): readonly Severity[] =>
  severities.filter((severity) => !atLeast(severity, card));

/** Everything but these values: a word that AWS adds tomorrow passes, and so does none at all. */
const noneOf = (values: readonly (string | number)[]): readonly object[] => [
  values.length > 0 ? { 'anything-but': values } : { exists: true },
  { exists: false },
];

/** Lowest figure of each word: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const guardDutyFloor: { readonly [severity in Severity]: number } = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 4,
  HIGH: 7,
  CRITICAL: 9,
};

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const guardDuty: Patterns = ({ severity, rules }) => {
  const raised = raisedTypes(rules ?? [], severity.card);
  const event = { source: 'aws.guardduty', types: ['GuardDuty Finding'] };
  return [
    ...named('guardduty-findings', {
      ...event,
      detail: { severity: [{ numeric: ['>=', guardDutyFloor[severity.card]] }] },
    }),
    ...named('guardduty-raised', {
      ...event,
      detail: raised.length > 0 ? { type: raised } : undefined,
    }),
  ];
};

/** GuardDuty's types below the floor that a rule raises to it, by the rule's own examples. */
const raisedTypes = (rules: readonly Rule[], card: Severity): readonly string[] => {
  const types = rules
    .filter((rule) => rule.severity !== undefined && atLeast(rule.severity, card))
    .flatMap((rule) => rule.examples.filter((example) => example.matches))
    .map((example) => parse(example.event))
    .flatMap((found) =>
      found.kind === 'finding' && found.source === 'guardduty' && !atLeast(found.severity, card)
        ? [found.type]
        : [],
    );
  return [...new Set(types)].sort();
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
const normalizedFloor: { readonly [severity in Severity]: number } = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

/** OCSF's figures, as the parser reads them: https://schema.ocsf.io/dictionary#severity_id */
const ocsfFigures: { readonly [severity in Severity]: readonly number[] } = {
  INFORMATIONAL: [1],
  LOW: [2],
  MEDIUM: [3],
  HIGH: [4],
  CRITICAL: [5, 6],
};

const securityHub: Patterns = ({ severity: { card }, rules }) => {
  const source = 'aws.securityhub';
  // Security Hub writes GuardDuty's types as `TTPs/…/Stealth:IAMUser-X`, or as they are.
  const raised = raisedTypes(rules ?? [], card).flatMap((type) => [
    { suffix: type },
    { suffix: type.replace('/', '-') },
  ]);
  const unlabelled = { Label: [{ exists: false }] };
  return [
    ...named('securityhub-asff', {
      source,
      types: ['Security Hub Findings - Imported', 'Security Hub Findings - Custom Action'],
      detail: {
        findings: {
          $or: [
            { Severity: { Label: noneOf(below(card)).slice(0, 1) } },
            {
              Severity: { ...unlabelled, Normalized: [{ numeric: ['>=', normalizedFloor[card]] }] },
            },
            { Severity: { ...unlabelled, Normalized: [{ exists: false }] } },
          ],
        },
      },
    }),
    ...named('securityhub-ocsf', {
      source,
      types: ['Findings Imported V2'],
      detail: {
        findings: { severity_id: noneOf(below(card).flatMap((word) => ocsfFigures[word])) },
      },
    }),
    ...named('securityhub-raised', {
      source,
      types: ['Security Hub Findings - Imported', 'Findings Imported V2'],
      detail:
        raised.length > 0
          ? { findings: { $or: [{ Types: raised }, { finding_info: { types: raised } }] } }
          : undefined,
    }),
  ];
};

/** By the severities that the parser derives. */
const accessAnalyzer: Patterns = ({ severity: { card } }) => {
  const external = atLeast('MEDIUM', card) ? {} : { isPublic: [true] };
  const event = { source: 'aws.access-analyzer' };
  return [
    ...named('access-analyzer-external', {
      ...event,
      types: ['Access Analyzer Finding'],
      detail: atLeast('HIGH', card) ? { status: [{ exists: true }], ...external } : undefined,
    }),
    ...named('access-analyzer-inside', {
      ...event,
      types: ['Internal Access Finding', 'Unused Access Finding for IAM entities'],
      detail: atLeast('LOW', card) ? { status: [{ exists: true }] } : undefined,
    }),
  ];
};

const inspector: Patterns = ({ severity: { card } }) =>
  named('inspector2-findings', {
    source: 'aws.inspector2',
    types: ['Inspector2 Finding'],
    detail: { severity: noneOf([...below(card), ...(atLeast('LOW', card) ? [] : ['UNTRIAGED'])]) },
  });

const macieWords: { readonly [severity in Severity]: readonly string[] } = {
  INFORMATIONAL: [],
  LOW: ['Low'],
  MEDIUM: ['Medium'],
  HIGH: ['High'],
  CRITICAL: [],
};

const macie: Patterns = ({ severity: { card } }) =>
  named('macie-findings', {
    source: 'aws.macie',
    types: ['Macie Finding'],
    detail: { severity: { description: noneOf(below(card).flatMap((word) => macieWords[word])) } },
  });

const config: Patterns = ({ severity: { card } }) => {
  const broken = { complianceType: ['NON_COMPLIANT'] };
  return named('config-compliance', {
    source: 'aws.config',
    types: ['Config Rules Compliance Change'],
    detail: atLeast('MEDIUM', card)
      ? { $or: [{ newEvaluationResult: broken }, { oldEvaluationResult: broken }] }
      : undefined,
  });
};

const health: Patterns = ({ severity: { card } }) => {
  const codes = healthSeverities.filter(([, severity]) => atLeast(severity, card));
  return [
    ...named('health-risks', {
      source: 'aws.health',
      types: ['AWS Health Event', 'AWS Health Abuse Event'],
      detail:
        codes.length > 0 ? { eventTypeCode: codes.map(([code]) => ({ prefix: code })) } : undefined,
    }),
    ...named('health-abuse', {
      source: 'aws.health',
      types: ['AWS Health Abuse Event'],
      detail: atLeast('HIGH', card) ? { eventTypeCode: [{ exists: true }] } : undefined,
    }),
  ];
};

const apiCall = 'AWS API Call via CloudTrail';
const signIn = 'AWS Console Sign In via CloudTrail';

/** Lambda's event names end in the version of its API. */
const eventName = (key: string): string | { readonly prefix: string } => {
  const [service, name = ''] = key.split(':');
  return service === 'lambda' ? { prefix: name } : name;
};

/** CloudTrail's events carry the source of the service that was called. */
const cloudTrail: Patterns = ({ severity: { card } }) => {
  const source = { prefix: 'aws.' };
  const calls = [...watched].filter(([, call]) => atLeast(call.worst, card));
  const root = { userIdentity: { type: ['Root'] } };
  const withoutMfa = {
    userIdentity: { type: ['IAMUser'] },
    additionalEventData: { MFAUsed: noneOf(['Yes']) },
  };
  return [
    ...named('cloudtrail-calls', {
      source,
      types: [apiCall],
      detail: calls.length > 0 ? { eventName: calls.map(([key]) => eventName(key)) } : undefined,
    }),
    ...named('cloudtrail-root', {
      source,
      types: [apiCall, signIn],
      detail: atLeast('HIGH', card) ? root : undefined,
    }),
    ...named('cloudtrail-sign-in', {
      source,
      types: [signIn],
      detail: atLeast('MEDIUM', card) ? withoutMfa : undefined,
    }),
  ];
};

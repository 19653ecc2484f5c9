/** The event patterns that AWS is given, made from the configuration. */
import { watched } from '../findings/cloudtrail-watch.ts';
import { atLeast, type Severity, type Source, severities } from '../findings/finding.ts';
import { healthSeverities } from '../findings/health.ts';
import { unknownSeverity } from '../findings/severity.ts';
import { type NamedPattern, named } from './named-pattern.ts';
import { raisedPatterns } from './raised-patterns.ts';
import type { Rule } from './rule.ts';

interface PatternSettings {
  readonly severity: { readonly card: Severity; readonly digest?: Severity };
  /** Rules that raise a severity keep what they raise from being dropped. */
  readonly rules?: readonly Rule[];
  /** Whose findings become cards; every source's when absent. */
  readonly sources?: readonly Source[];
}

type Patterns = (settings: PatternSettings) => readonly NamedPattern[];
/** The patterns of one source, for findings of this severity and above. */
type SourcePatterns = (floor: Severity) => readonly NamedPattern[];

/**
 * Every pattern to deploy, one EventBridge rule each, so that noise is dropped before it costs
 * anything: findings below `severity.digest` (or `card`, where that is lower), and CloudTrail's calls that
 * nobody reads. A pattern may let through more than is told, never less. What raises a finding says so
 * (`raises` of a rule); what is over passes too, for a card may be waiting for it. Security Hub's copies
 * of GuardDuty's findings pass: they are the same cases, and the only ones where GuardDuty's own events
 * are not forwarded.
 */
export const eventPatterns: Patterns = ({ severity, rules = [], sources }) => {
  const read = (...wanted: readonly Source[]): boolean =>
    wanted.some((source) => sources?.includes(source) ?? true);
  const raising = rules.filter((rule) => rule.severity !== undefined);
  // A rule that raises and does not say what: nothing may be dropped by severity.
  const floor = raising.some((rule) => rule.raises === undefined)
    ? 'INFORMATIONAL'
    : lower(severity.card, severity.digest ?? severity.card);
  return [
    ...(read('guardduty') ? guardDuty(floor) : []),
    ...(read('securityhub-asff', 'securityhub-ocsf') ? securityHub(floor) : []),
    ...(read('accessanalyzer') ? accessAnalyzer(floor) : []),
    ...(read('inspector2') ? inspector(floor) : []),
    ...(read('macie') ? macie(floor) : []),
    ...(read('config') ? config(floor) : []),
    ...(read('health') ? health(floor) : []),
    ...(read('cloudtrail') ? cloudTrail(floor) : []),
    ...raisedPatterns(
      raising.filter((rule) => rule.severity && atLeast(rule.severity, floor)),
      (source) => read(source),
    ),
  ];
};

const lower = (one: Severity, other: Severity): Severity => (atLeast(one, other) ? other : one);

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

/** What has no figure is MEDIUM (guardduty.ts); the digits of one may come as text. */
const guardDutySeverity = (floor: Severity): readonly unknown[] => [
  { numeric: floor === 'LOW' ? ['>', 0] : ['>=', guardDutyFloor[floor]] },
  { prefix: '' },
  ...(atLeast(unknownSeverity, floor)
    ? [{ numeric: ['<=', 0] }, null, true, false, { exists: false }]
    : []),
];

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const guardDuty: SourcePatterns = (floor) =>
  named('guardduty-findings', {
    source: 'aws.guardduty',
    types: ['GuardDuty Finding'],
    detail: { severity: guardDutySeverity(floor) },
  });

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

const securityHub: SourcePatterns = (floor) => {
  const source = 'aws.securityhub';
  const unlabelled = { Label: [{ exists: false }] };
  const types = ['Security Hub Findings - Imported', 'Security Hub Findings - Custom Action'];
  const dropsAny = floor !== 'INFORMATIONAL';
  return [
    ...named('securityhub-asff', {
      source,
      types,
      detail: {
        findings: {
          $or: [
            { Severity: { Label: noneOf(below(floor)).slice(0, 1) } },
            {
              Severity: {
                ...unlabelled,
                // What is no figure says nothing; the parser then looks elsewhere.
                Normalized: [
                  ...(dropsAny
                    ? [{ numeric: floor === 'LOW' ? ['>', 0] : ['>=', normalizedFloor[floor]] }]
                    : [{ exists: true }]),
                  { prefix: '' },
                  null,
                  true,
                  false,
                ],
              },
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
        findings: { severity_id: noneOf(below(floor).flatMap((word) => ocsfFigures[word])) },
      },
    }),
    // A control that is met is INFORMATIONAL, whatever it was when it failed.
    ...named('securityhub-asff-passed', {
      source,
      types,
      detail: dropsAny ? { findings: { Compliance: { Status: ['PASSED'] } } } : undefined,
    }),
    ...named('securityhub-ocsf-passed', {
      source,
      types: ['Findings Imported V2'],
      detail: dropsAny
        ? {
            findings: {
              $or: [
                { compliance: { status_id: [1] } },
                { compliance: { status: [{ prefix: { 'equals-ignore-case': 'pass' } }] } },
              ],
            },
          }
        : undefined,
    }),
  ];
};

/** By the severities that the parser derives. */
const accessAnalyzer: SourcePatterns = (card) => {
  // What is over says no longer how far it reached.
  const external = atLeast('MEDIUM', card)
    ? {}
    : {
        $or: [{ isPublic: [true] }, { status: ['RESOLVED', 'ARCHIVED'] }, { isDeleted: [true] }],
      };
  const event = { source: 'aws.access-analyzer' };
  return [
    ...named('access-analyzer-external', {
      ...event,
      types: ['Access Analyzer Finding'],
      detail: atLeast('HIGH', card) ? { resourceType: [{ exists: true }], ...external } : undefined,
    }),
    ...named('access-analyzer-inside', {
      ...event,
      types: ['Internal Access Finding', 'Unused Access Finding for IAM entities'],
      detail: atLeast('LOW', card) ? { resourceType: [{ exists: true }] } : undefined,
    }),
  ];
};

const inspector: SourcePatterns = (card) =>
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

const macie: SourcePatterns = (card) =>
  named('macie-findings', {
    source: 'aws.macie',
    types: ['Macie Finding'],
    detail: { severity: { description: noneOf(below(card).flatMap((word) => macieWords[word])) } },
  });

const config: SourcePatterns = (card) => {
  const broken = { complianceType: ['NON_COMPLIANT'] };
  return named('config-compliance', {
    source: 'aws.config',
    types: ['Config Rules Compliance Change'],
    detail: atLeast('MEDIUM', card)
      ? { $or: [{ newEvaluationResult: broken }, { oldEvaluationResult: broken }] }
      : undefined,
  });
};

const health: SourcePatterns = (card) => {
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
const cloudTrail: SourcePatterns = (card) => {
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

/**
 * The AWS services whose events Cordon knows, and how their events are told apart.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events.html
 */
import type { Origin, Source } from './finding.ts';

export interface Service {
  /** What people call it. */
  readonly name: string;
  /** EventBridge's `source`; '' where every service is one (CloudTrail). */
  readonly bus: string;
  /** Which `detail-type` values are its own. */
  readonly detailTypes: RegExp;
}

/** In the order in which they are asked: CloudTrail's events carry the source of the service called. */
export const services: Readonly<Record<Source, Service>> = {
  cloudtrail: {
    name: 'CloudTrail',
    bus: '',
    detailTypes: / via CloudTrail$/,
  },
  guardduty: {
    name: 'GuardDuty',
    bus: 'aws.guardduty',
    detailTypes: /^GuardDuty /,
  },
  'securityhub-ocsf': {
    name: 'Security Hub (OCSF)',
    bus: 'aws.securityhub',
    detailTypes: /^Findings Imported V2/,
  },
  'securityhub-asff': {
    name: 'Security Hub (ASFF)',
    bus: 'aws.securityhub',
    detailTypes: /^Security Hub /,
  },
  accessanalyzer: {
    name: 'Access Analyzer',
    bus: 'aws.access-analyzer',
    detailTypes: /^(Access Analyzer|Access Preview|Unused Access|Internal Access) /,
  },
  inspector2: {
    name: 'Inspector',
    bus: 'aws.inspector2',
    detailTypes: /^Inspector2 /,
  },
  macie: {
    name: 'Macie',
    bus: 'aws.macie',
    detailTypes: /^Macie /,
  },
  config: {
    name: 'Config',
    bus: 'aws.config',
    detailTypes: /^Config Rules Compliance /,
  },
  health: {
    name: 'Health',
    bus: 'aws.health',
    detailTypes: /^AWS Health /,
  },
};

/** What people call whoever saw it. */
export const originName = (origin: Origin): string =>
  origin === 'manual' ? 'a responder' : services[origin].name;

/** Whether AWS itself sent it there: nobody else may put events under `aws.`. */
export const isSentByAws = (bus: string, source: Origin): boolean =>
  source === 'cloudtrail'
    ? bus.startsWith('aws.')
    : source !== 'manual' && bus === services[source].bus;

const sources = Object.keys(services) as readonly Source[];

/** Whose event it is: by detail-type, else by EventBridge's `source`; undefined for any other. */
export const sourceOf = (bus: string, detailType: string): Source | undefined =>
  sources.find((source) => services[source].detailTypes.test(detailType)) ??
  sources.findLast((source) => bus !== '' && services[source].bus === bus);

/** Cordon's tables over one DynamoDB client. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DesiredMessage } from '../slack/cards/desired-message.ts';
import { type AboutIndex, aboutIndex } from '../store/about.ts';
import { type DirectoryStore, directoryStore } from '../store/account-directory.ts';
import { type AuditIndex, auditIndex } from '../store/audit-index.ts';
import { type AutomationStore, automationStore } from '../store/automation.ts';
import { type CasesTable, casesTable } from '../store/cases-table.ts';
import { type Digests, digests } from '../store/digests.ts';
import { type DrillStore, drillStore } from '../store/drills.ts';
import { type EndedCases, endedCases } from '../store/ended-cases.ts';
import { type FollowUps, followUps } from '../store/follow-ups.ts';
import { type GatheredStore, gatheredStore } from '../store/gathered.ts';
import { type Heartbeats, heartbeats } from '../store/heartbeats.ts';
import { type Homes, homes } from '../store/homes.ts';
import { type MemberRoles, memberRoles } from '../store/member-roles.ts';
import { type Pages, pages } from '../store/pages.ts';
import { type Passkeys, passkeysTable } from '../store/passkeys.ts';
import { type PostureAnswers, postureAnswers } from '../store/posture-answers.ts';
import { type RequestsTable, requestsTable } from '../store/requests-table.ts';
import { type Suppressions, suppressions } from '../store/suppressions.ts';
import { type Table, table } from '../store/table.ts';
import type { Deployment } from './deployment.ts';
import { clientConfig, type Outside } from './outside.ts';
import { toldCases, toldRequests } from './told.ts';

export interface Tables {
  readonly cases: CasesTable;
  readonly requests: RequestsTable;
  /** Lies in the requests table. */
  readonly automation: AutomationStore;
  /** Lies in the requests table. */
  readonly drills: DrillStore;
  /** Lies in the cases table. */
  readonly suppressions: Suppressions;
  /** These lie in the cases table. */
  readonly about: AboutIndex;
  readonly pages: Pages;
  readonly homes: Homes;
  readonly digests: Digests<DesiredMessage>;
  readonly followUps: FollowUps;
  readonly endedCases: EndedCases;
  readonly heartbeats: Heartbeats;
  readonly memberRoles: MemberRoles;
  /** What ingest may know of the accounts of the organisation. */
  readonly places: DirectoryStore;
  readonly gathered: GatheredStore;
  /** Lies in the requests table. */
  readonly organization: DirectoryStore;
  /** Lies in the requests table. */
  readonly auditIndex: AuditIndex;
  /** Lies in the cases table. */
  readonly posture: PostureAnswers;
  /** The requests table itself, for the audit chain. */
  readonly chainTable: Table;
}

const dynamo = ({ region }: Pick<Deployment, 'region'>, outside: Outside): DynamoDBClient => {
  const client = new DynamoDBClient({
    ...clientConfig(outside, region),
    ...(outside.dynamoEndpoint ? { endpoint: outside.dynamoEndpoint } : {}),
  });
  outside.onClient?.(client, 'dynamodb');
  return client;
};

/** Where approvals and the keys that prove them lie. */
export const authorityTables = (
  deployment: Pick<Deployment, 'region' | 'requestsTable' | 'passkeysTable'>,
  outside: Outside,
): {
  readonly requests: RequestsTable;
  readonly automation: AutomationStore;
  readonly drills: DrillStore;
  readonly organization: DirectoryStore;
  readonly passkeys: Passkeys;
} => {
  const client = dynamo(deployment, outside);
  const requests = table(client, deployment.requestsTable);
  return {
    requests: toldRequests(requestsTable(requests), outside),
    automation: automationStore(requests),
    drills: drillStore(requests),
    organization: directoryStore(requests),
    passkeys: passkeysTable(table(client, deployment.passkeysTable)),
  };
};

export const tables = (
  deployment: Pick<Deployment, 'region' | 'casesTable' | 'requestsTable'>,
  outside: Outside,
): Tables => {
  const client = dynamo(deployment, outside);
  const requests = table(client, deployment.requestsTable);
  const cases = table(client, deployment.casesTable);
  return {
    cases: toldCases(casesTable(cases), outside),
    requests: toldRequests(requestsTable(requests), outside),
    automation: automationStore(requests),
    drills: drillStore(requests),
    suppressions: suppressions(cases),
    about: aboutIndex(cases),
    pages: pages(cases),
    homes: homes(cases),
    digests: digests<DesiredMessage>(cases),
    followUps: followUps(cases),
    endedCases: endedCases(cases),
    heartbeats: heartbeats(cases),
    memberRoles: memberRoles(cases),
    places: directoryStore(cases),
    organization: directoryStore(requests),
    gathered: gatheredStore(cases),
    auditIndex: auditIndex(requests),
    posture: postureAnswers(cases),
    chainTable: requests,
  };
};

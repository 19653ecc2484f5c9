/** Reads what was recorded of one case, by key: the chain, and what of it waits to be chained. */
import type { Case } from '../../cases/case.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import { inOrder, type ReviewRecord } from '../../reviews/record.ts';
import { targetsOf } from '../looking/targets.ts';
import { requestsOf } from '../pacing/show-case.ts';
import { isoNow, type Ports } from '../ports.ts';

export type RecordPorts = Pick<Ports, 'requests' | 'auditIndex' | 'followUps' | 'chance'> & {
  readonly config: Pick<CordonConfig, 'accounts' | 'digest' | 'escalation'>;
};

/** The newest; a case with more is told by its newest, and `cordon audit` has all. */
const mostEntries = 500;

export const readRecord = async (ports: RecordPorts, theCase: Case): Promise<ReviewRecord> => {
  const [requests, chained, followUps] = await Promise.all([
    requestsOf(ports, theCase.requests),
    ports.auditIndex.of(theCase.id, mostEntries),
    ports.followUps.ofCase(theCase.id),
  ]);
  return {
    theCase,
    requests,
    entries: inOrder([
      ...chained,
      ...theCase.outbox,
      ...requests.flatMap(({ outbox }) => outbox),
      ...followUps.flatMap(({ outbox }) => outbox),
    ]),
    followUps,
    within: targetsOf(ports.config),
    accountName: ports.config.accounts[leadFinding(theCase).account]?.name,
    now: isoNow(ports.chance),
  };
};

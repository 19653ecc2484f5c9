/**
 * tick: hands over what is due, pages people, chains and seals the audit, nudges the pacer. It
 * approves nothing.
 */
import { S3Client } from '@aws-sdk/client-s3';
import { chainOutboxes } from '../audit/chainer.ts';
import type { Outboxes } from '../audit/ports.ts';
import { s3Vault } from '../aws/s3-vault.ts';
import type { CordonConfig } from '../config/config.ts';
import { onTick } from '../flows/on-tick.ts';
import { auditLog } from '../store/audit-log.ts';
import type { WaitingDrafts } from '../store/outbox.ts';
import type { Deployment } from './deployment.ts';
import { clientConfig, type Outside } from './outside.ts';
import { pagerTopic } from './pager.ts';
import { wakeUp, workQueue } from './queues.ts';
import { type Tables, tables } from './tables.ts';

/** Items whose outboxes are emptied in one run, by shard. */
const outboxesAtOnce = 50;
const sealEvery = 200;

/** Both tables' outboxes as one; the reference says which item of which table. */
const bothOutboxes = ({ cases, requests }: Tables) => {
  const owners = new Map<string, string>();
  const keys = new Map<
    string,
    { readonly table: 'cases' | 'requests'; readonly box: WaitingDrafts }
  >();
  const outboxes: Outboxes = {
    async read() {
      for (const [name, table] of [
        ['cases', cases],
        ['requests', requests],
      ] as const)
        for (const box of await table.outbox(outboxesAtOnce)) {
          const ref = `${name}/${box.key.pk}`;
          keys.set(ref, { table: name, box });
          owners.set(ref, box.owner);
        }
      return [...keys].map(([ref, { box }]) => ({ ref, drafts: box.drafts }));
    },
    async clear(ref, ids) {
      const found = keys.get(ref);
      if (!found) return;
      const table = found.table === 'cases' ? cases : requests;
      await table.clearOutbox(found.box.key, ids);
    },
  };
  return {
    outboxes,
    ownersOf: (refs: readonly string[]) => refs.flatMap((ref) => owners.get(ref) ?? []),
  };
};

export const tickFunction = (
  deployment: Pick<
    Deployment,
    | 'region'
    | 'casesTable'
    | 'requestsTable'
    | 'notifyQueue'
    | 'workQueue'
    | 'evidenceBucket'
    | 'pagerTopic'
  >,
  outside: Outside,
  config: Pick<CordonConfig, 'deployment' | 'digest' | 'drills'>,
): (() => Promise<void>) => {
  const stored = tables(deployment, outside);
  const s3 = new S3Client(clientConfig(outside, deployment.region));
  outside.onClient?.(s3, 's3');
  const vault = s3Vault(s3, deployment.evidenceBucket);
  const log = auditLog(stored.chainTable);
  const chain = async (): Promise<readonly string[]> => {
    const { outboxes, ownersOf } = bothOutboxes(stored);
    const now = new Date(outside.chance.now()).toISOString();
    const summary = await chainOutboxes({ log, outboxes, vault, now, sealEvery });
    const breaks = summary.unchainable.length + (summary.refusal ? 1 : 0);
    if (breaks > 0) outside.measure({ AuditBreaks: breaks });
    if (summary.refusal) outside.log('audit.broken', { because: summary.refusal.because });
    for (const { id, because } of summary.unchainable)
      outside.log('audit.unchainable', { id, because });
    return ownersOf(summary.drained);
  };
  const ports = {
    chance: outside.chance,
    cases: stored.cases,
    requests: stored.requests,
    automation: stored.automation,
    suppressions: stored.suppressions,
    homes: stored.homes,
    digests: stored.digests,
    drills: stored.drills,
    organization: stored.organization,
    config,
    wake: wakeUp(deployment, outside),
    work: workQueue(deployment, outside),
    pager: pagerTopic(deployment, outside),
    chain,
  };
  return async () => {
    await onTick(ports);
    outside.measure({ Heartbeat: 1 });
  };
};

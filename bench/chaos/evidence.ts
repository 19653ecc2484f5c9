/** What a life leaves behind, read by its owner when all is quiet. */
import type { AuditEntry } from '../../src/audit/entry.ts';
import { HEADS, SEGMENTS } from '../../src/audit/seal.ts';
import { type AuditVerdict, verifyAudit } from '../../src/audit/verify.ts';
import type { LocalWorld } from '../../src/local/local-world.ts';
import type { Request } from '../../src/requests/request.ts';
import { auditLog } from '../../src/store/audit-log.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { wordsIn } from '../../test/stories/screen.ts';
import { wrongOnScreen } from './on-screen.ts';
import type { Scene } from './scene.ts';

export interface Evidence {
  readonly scene: Scene;
  readonly requests: readonly Request[];
  readonly entries: readonly AuditEntry[];
  readonly audit: AuditVerdict;
  readonly balance: Awaited<ReturnType<LocalWorld['balance']>>;
  /** What Slack shows of each request, by its id; nothing where it shows no message. */
  readonly says: ReadonlyMap<string, string>;
  /** Messages that do not say what is stored. */
  readonly wrong: readonly string[];
  /** How often each message was posted, by the name in its metadata. */
  readonly posted: ReadonlyMap<string, number>;
  /** Ids of requests or cases with audit drafts that wait. */
  readonly unchained: readonly string[];
}

const sealedIn = async ({ vault }: LocalWorld, prefix: string) =>
  Promise.all(
    (await vault.list(prefix, '')).map(async (key) => ({
      key,
      body: (await vault.get(key)) ?? '',
    })),
  );

/** The newest message of a request, as Slack has it. */
const saidOf = async (world: LocalWorld, request: Request): Promise<string> => {
  const { messages } = await casesTable(world.owners.cases).shown(request.caseId);
  const shown = messages[`request:${request.id}:${request.planNumber}`];
  const drawn = shown && world.slack.message(shown.channel ?? 'C0SECURITY', shown.ts);
  return wordsIn(drawn?.blocks ?? []);
};

const postedBy = (world: LocalWorld): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { method, args, error } of world.slack.calls()) {
    if (method !== 'chat.postMessage' || error !== undefined) continue;
    const given = args['metadata'];
    const metadata: { readonly event_payload?: { readonly name?: string } } =
      typeof given === 'string' ? JSON.parse(given) : (given ?? {});
    const { name } = metadata.event_payload ?? {};
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

/** Ticks first, so that what waits in outboxes is chained. */
export const gather = async (scene: Scene): Promise<Evidence> => {
  const { world, witness } = scene;
  await world.tick();
  await world.tick();
  const stored = requestsTable(world.owners.requests);
  const found = await Promise.all([...witness.versions.keys()].map((id) => stored.get(id)));
  const requests = found.filter((one) => one !== undefined);
  const entries = await auditLog(world.owners.requests).range(1, 1_000_000);
  const [segments, heads] = await Promise.all([sealedIn(world, SEGMENTS), sealedIn(world, HEADS)]);
  const waiting = await Promise.all([
    stored.outbox(100),
    casesTable(world.owners.cases).outbox(100),
  ]);
  return {
    scene,
    requests,
    entries,
    audit: verifyAudit({ entries, segments, heads }),
    balance: await world.balance(48),
    says: new Map(
      await Promise.all(requests.map(async (one) => [one.id, await saidOf(world, one)] as const)),
    ),
    wrong: await wrongOnScreen(scene),
    posted: postedBy(world),
    unchained: waiting.flat().map(({ key }) => key.pk),
  };
};

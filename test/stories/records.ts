/** What the owner can look up behind the screen: the audit, AWS's state, the log of AWS calls. */
import type { AuditEntry } from '../../src/audit/entry.ts';
import { HEADS, SEGMENTS } from '../../src/audit/seal.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { LocalWorld } from '../../src/local/local-world.ts';
import { auditLog } from '../../src/store/audit-log.ts';
import { casesTable } from '../../src/store/cases-table.ts';

const home = { account: '123456789012', region: 'eu-west-1' } as const;

/** Operations that change something in a member or security account. */
const mutating =
  /^(ec2:(Modify|Create|Revoke|Authorize|Lock|Start|Stop)|iam:(Update|Attach|Detach|(Put|Delete)Role)|guardduty:(A|Una)rchive|securityhub:BatchUpdate)/;

/** How EC2 and the other services name a denial. */
const denial = /^(AccessDenied|UnauthorizedOperation)/;

export interface Records {
  /** The chain, after a tick: what waits in outboxes is chained first. */
  entries(): Promise<readonly AuditEntry[]>;
  /** Kinds in the order of the chain. */
  audit(): Promise<readonly string[]>;
  /** Ids of requests, oldest first. */
  requestIds(): Promise<readonly string[]>;
  /** The kinds of each request, oldest request first. */
  requestAudits(): Promise<readonly (readonly string[])[]>;
  /** `because` of every refused click. */
  refusals(): Promise<readonly string[]>;
  auditIntact(): Promise<boolean>;
  groupsOf(eni: string): readonly string[];
  keyStatus(id: string): string | undefined;
  archived(findingKey: string): boolean | undefined;
  /** Successful changes in AWS, as `service:operation`. */
  mutations(): readonly string[];
  /** Calls that were denied, as `function service:operation`. */
  denied(): readonly string[];
  /** Ids of the open cases, the worst first. */
  openCases(): Promise<readonly string[]>;
  /** Cases that were resolved on the first day and still are, with what they were. */
  resolvedCases(): Promise<readonly (readonly [id: string, classification: string])[]>;
  /** Ignored events of the local world's first day, by reason. */
  ignored(): Promise<Readonly<Record<string, number>>>;
}

const sealedIn = async ({ vault }: LocalWorld, prefix: string) =>
  Promise.all(
    (await vault.list(prefix, '')).map(async (key) => ({
      key,
      body: (await vault.get(key)) ?? '',
    })),
  );

/** How many events of the first day were ignored, by reason. */
const ignoredIn = async (world: LocalWorld): Promise<Readonly<Record<string, number>>> => {
  const outcomes = await casesTable(world.owners.cases).arrivals.outcomes(
    '2026-11-22T00:00:00.000Z',
    '2026-11-22T23:59:59.999Z',
  );
  const byReason = new Map<string, Set<string>>();
  for (const [because, ids] of outcomes.flatMap((one) => Object.entries(one.ignored)))
    byReason.set(because, new Set([...(byReason.get(because) ?? []), ...ids]));
  return Object.fromEntries([...byReason].map(([because, ids]) => [because, ids.size]));
};

export const recordsOf = (world: LocalWorld): Records => {
  const chain = auditLog(world.owners.requests);
  const entries = async () => {
    await world.tick();
    return chain.range(1, 1_000_000);
  };
  const calls = (wanted: (call: LocalWorld['aws']['calls'][number]) => boolean) =>
    world.aws.calls.filter(wanted);
  return {
    entries,
    audit: async () => (await entries()).map(({ kind }) => kind),
    requestIds: async () => [...new Set((await entries()).flatMap(({ request }) => request ?? []))],
    async requestAudits() {
      const byRequest = new Map<string, string[]>();
      for (const { request, kind } of await entries())
        if (request) byRequest.set(request, [...(byRequest.get(request) ?? []), kind]);
      return [...byRequest.values()];
    },
    refusals: async () =>
      (await entries())
        .filter(({ kind }) => kind === 'click.refused')
        .map(({ because }) => String(because)),
    async auditIntact() {
      const verdict = verifyAudit({
        entries: await entries(),
        segments: await sealedIn(world, SEGMENTS),
        heads: await sealedIn(world, HEADS),
      });
      return verdict.kind === 'intact';
    },
    groupsOf: (eni) =>
      world.aws.partition(home.account, home.region).interfaces.get(eni)?.groups ?? [],
    keyStatus: (id) =>
      world.aws
        .account(home.account)
        .users.get('ci-deploy')
        ?.keys.find((key) => key.id === id)?.status,
    archived: (key) =>
      world.aws.partition(world.aws.securityAccount, home.region).detector?.findings.get(key)
        ?.Service?.Archived,
    mutations: () =>
      calls(
        ({ service, operation, error }) => !error && mutating.test(`${service}:${operation}`),
      ).map(({ service, operation }) => `${service}:${operation}`),
    denied: () =>
      calls(({ error }) => error !== undefined && denial.test(error)).map(
        (call) => `${call.function} ${call.service}:${call.operation}`,
      ),
    openCases: () => casesTable(world.owners.cases).open(100),
    async resolvedCases() {
      const now = new Date(world.clock.now()).toISOString();
      const found = await casesTable(world.owners.cases).resolvedSince(
        '2026-11-22T00:00:00.000Z',
        now,
        100,
      );
      return found.map(({ id, resolved }) => [id, resolved?.classification ?? ''] as const);
    },
    ignored: () => ignoredIn(world),
  };
};

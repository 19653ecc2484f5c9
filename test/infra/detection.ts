/**
 * GuardDuty and Inspector of an organisation as their delegated administrator finds them, and the code of the baseline's
 * template run against them: through the real SDK clients, behind which the simulated AWS answers.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { compileFunction } from 'node:vm';
import type { SdkClient } from '../../src/aws/sdk-client.ts';
import { attach } from '../../src/local/world/attach.ts';
import { AwsError } from '../../src/local/world/aws-error.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { closed, listening } from '../moto/loopback.ts';

export const administrator = '999988887777';
const region = 'eu-west-1';

/** What is on, and what AWS refuses on purpose. */
export interface Detection {
  readonly accounts: { Id: string; Email: string; State: string }[];
  detector: boolean;
  members: 'NONE' | 'NEW' | 'ALL';
  readonly plans: Set<string>;
  readonly ownPlans: Set<string>;
  readonly watched: Set<string>;
  readonly autoScans: Set<string>;
  readonly associated: Set<string>;
  /** Account and scan: `111122223333 ec2`. */
  readonly scanned: Set<string>;
  /** Plans, scans and accounts that AWS will have nothing of. */
  readonly refused: Set<string>;
  /** Associating these never ends. */
  readonly slow: Set<string>;
}

/** The administrator, a closed account and so many others, of which nothing is on anywhere. */
export const detection = (others: number): Detection => ({
  accounts: [
    { Id: administrator, Email: 'security@example.com', State: 'ACTIVE' },
    { Id: '444455556666', Email: 'closed@example.com', State: 'SUSPENDED' },
    ...Array.from({ length: others }, (_, n) => ({
      Id: String(111122220000 + n),
      Email: `account-${n}@example.com`,
      State: 'ACTIVE',
    })),
  ],
  detector: true,
  members: 'NONE',
  plans: new Set(),
  ownPlans: new Set(),
  watched: new Set(),
  autoScans: new Set(),
  associated: new Set(),
  scanned: new Set(),
  refused: new Set(),
  slow: new Set(),
});

/** Pages as AWS makes them: a token until all was given. */
const page = <T>(all: readonly T[], token: string | undefined, size: number) => {
  const from = Number(token ?? 0);
  const items = all.slice(from, from + size);
  return { items, next: from + size < all.length ? String(from + size) : undefined };
};

const admit = ({ refused }: Detection, what: string): void => {
  if (refused.has(what))
    throw new AwsError('BadRequestException', `${what} is not supported in this Region.`);
};

const guardDuty = (state: Detection) => ({
  ListDetectors: () => ({ DetectorIds: state.detector ? ['d1'] : [] }),
  GetDetector: () => ({
    Status: 'ENABLED',
    Features: [...state.ownPlans].map((Name) => ({ Name, Status: 'ENABLED' })),
  }),
  UpdateDetector({ Features }: { readonly Features: readonly { readonly Name: string }[] }) {
    for (const { Name } of Features) {
      admit(state, Name);
      state.ownPlans.add(Name);
    }
  },
  /** A plan a page. */
  DescribeOrganizationConfiguration({ NextToken }: { readonly NextToken?: string }) {
    const { items, next } = page([...state.plans], NextToken, 1);
    return {
      AutoEnableOrganizationMembers: state.members,
      Features: items.map((Name) => ({ Name, AutoEnable: 'ALL' })),
      NextToken: next,
    };
  },
  UpdateOrganizationConfiguration(input: {
    readonly AutoEnableOrganizationMembers: Detection['members'];
    readonly Features?: readonly { readonly Name: string }[];
  }) {
    state.members = input.AutoEnableOrganizationMembers;
    for (const { Name } of input.Features ?? []) state.plans.add(Name);
  },
  ListMembers({ NextToken }: { readonly NextToken?: string }) {
    const { items, next } = page([...state.watched], NextToken, 50);
    return { Members: items.map((AccountId) => ({ AccountId })), NextToken: next };
  },
  CreateMembers(input: {
    readonly AccountDetails: readonly { readonly AccountId: string; readonly Email: string }[];
  }) {
    if (input.AccountDetails.length > 50) throw new AwsError('BadRequestException', 'too many');
    const refused = input.AccountDetails.filter(({ AccountId }) => state.refused.has(AccountId));
    for (const { AccountId } of input.AccountDetails)
      if (!state.refused.has(AccountId)) state.watched.add(AccountId);
    return {
      UnprocessedAccounts: refused.map(({ AccountId }) => ({ AccountId, Result: 'is suspended' })),
    };
  },
});

const inspector = (state: Detection) => ({
  DescribeOrganizationConfiguration: () => ({
    autoEnable: Object.fromEntries([...state.autoScans].map((scan) => [scan, true])),
  }),
  UpdateOrganizationConfiguration(input: { readonly autoEnable: Record<string, boolean> }) {
    const wanted = Object.keys(input.autoEnable).filter((scan) => input.autoEnable[scan]);
    for (const scan of wanted) admit(state, scan);
    state.autoScans.clear();
    for (const scan of wanted) state.autoScans.add(scan);
  },
  ListMembers({ nextToken }: { readonly nextToken?: string }) {
    const there = [...state.associated].filter((id) => !state.slow.has(id));
    const { items, next } = page(there, nextToken, 50);
    return { members: items.map((accountId) => ({ accountId })), nextToken: next };
  },
  AssociateMember({ accountId }: { readonly accountId: string }) {
    admit(state, accountId);
    state.associated.add(accountId);
  },
  BatchGetAccountStatus: ({ accountIds }: { readonly accountIds: readonly string[] }) => ({
    accounts: accountIds.map((accountId) => ({
      accountId,
      resourceState: Object.fromEntries(
        ['ec2', 'ecr', 'lambda', 'lambdaCode'].map((scan) => [
          scan,
          { status: state.scanned.has(`${accountId} ${scan}`) ? 'ENABLED' : 'DISABLED' },
        ]),
      ),
    })),
  }),
  Enable(input: {
    readonly accountIds: readonly string[];
    readonly resourceTypes: readonly string[];
  }) {
    if (input.accountIds.length > 100) throw new AwsError('ValidationException', 'too many');
    for (const id of input.accountIds)
      for (const type of input.resourceTypes) state.scanned.add(`${id} ${type.toLowerCase()}`);
    return {};
  },
});

const organizations = (state: Detection) => ({
  ListAccounts({ NextToken }: { readonly NextToken?: string }) {
    const { items, next } = page(state.accounts, NextToken, 20);
    return { Accounts: items, NextToken: next };
  },
});

/** A world whose only content is this. */
export const worldOf = (state: Detection): World => {
  const world = createWorld({ now: () => Date.parse('2026-11-22T09:00:00Z') });
  world.register('guardduty', guardDuty(state));
  world.register('inspector2', inspector(state));
  world.register('organizations', organizations(state));
  return world;
};

type Sdk = Readonly<Record<string, unknown>>;
type ClientClass = new (settings: object) => SdkClient;

const clients: Readonly<Record<string, readonly [name: string, service: string]>> = {
  '@aws-sdk/client-guardduty': ['GuardDuty', 'guardduty'],
  '@aws-sdk/client-inspector2': ['Inspector2', 'inspector2'],
  '@aws-sdk/client-organizations': ['Organizations', 'organizations'],
};

const required = createRequire(import.meta.url);

/** The SDK as the runtime has it, but for where its clients call. */
const sdkWith =
  (more: object, made: (client: SdkClient, service: string) => void) => (module: string) => {
    const sdk: Sdk = required(module);
    const [name = '', service = ''] = clients[module] ?? [];
    const Client = sdk[name] as ClientClass;
    class Elsewhere extends Client {
      constructor(settings: object) {
        super({ ...settings, ...more });
        made(this, service);
      }
    }
    return { ...sdk, [name]: Elsewhere };
  };

type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<void>;

export interface Answered {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly Status: string;
    readonly Reason?: string;
    readonly PhysicalResourceId: string;
    readonly RequestId: string;
    readonly Data?: { readonly LeftOut: string };
  };
}

/** Where the code's calls go: to a world, or to a server. */
export type Aws =
  | World
  | { readonly endpoint: string; readonly region: string; readonly credentials: object };

const sdkOf = (aws: Aws) => {
  if ('endpoint' in aws) return sdkWith(aws, () => undefined);
  const credentials = { accessKeyId: `ADMIN-${administrator}`, secretAccessKey: 'x' };
  return sdkWith({ region, credentials }, (client, service) => attach(client, service, aws));
};

/**
 * Runs a function's code for one event of CloudFormation, and answers what it sent there. Its clock is `haste` times as
 * fast as AWS's.
 */
export const run = async (
  code: string,
  aws: Aws,
  event: { readonly RequestType: string; readonly ResourceProperties: object },
  { remainingMs = 900_000, status = 200, haste = 5000 } = {},
): Promise<Answered> => {
  const answers: Answered[] = [];
  const server = createServer(async (request, response) => {
    answers.push({ headers: request.headers, body: JSON.parse(await text(request)) });
    response.writeHead(status).end();
  });
  const ResponseURL = `http://127.0.0.1:${await listening(server)}/signed`;
  const module = { exports: {} as { handler: Handler } };
  const sooner = (go: () => void, ms: number) => setTimeout(go, ms / haste);
  compileFunction(code, ['require', 'module', 'exports', 'setTimeout', 'process'])(
    sdkOf(aws),
    module,
    module.exports,
    sooner,
    { stdout: { write: () => true } },
  );
  const asked = { ...event, ResponseURL, StackId: 's', RequestId: 'r', LogicalResourceId: 'l' };
  try {
    await module.exports.handler(asked, { getRemainingTimeInMillis: () => remainingMs });
  } finally {
    await closed(server);
  }
  const [answer, ...more] = answers;
  if (!answer || more.length > 0) throw new Error(`${answers.length} answers`);
  return answer;
};

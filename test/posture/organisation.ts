/** The example organisation, asked as the worker asks it: real clients, rights and policies. */
import { awsAccounts } from '../../src/aws/accounts.ts';
import { attach } from '../../src/local/world/attach.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { type Asking, ask } from '../../src/posture/ask.ts';
import { questions } from '../../src/posture/index.ts';
import type { Answer, KnownAccount, Scope } from '../../src/posture/question.ts';

export const region = 'eu-west-1';
export const securityAccount = '999988887777';
export const legacy: KnownAccount = { id: '444455556666', name: 'legacy-erp' };
export const payments: KnownAccount = { id: '123456789012', name: 'prod-payments' };

export const organisation = () => {
  const now = () => Date.parse('2026-11-22T09:00:00Z');
  const world = createWorld({ now });
  seedExample(world);
  const accounts = [...world.accounts.values()].map(({ id, name }) => ({ id, name }));
  return { world, accounts, all: { kind: 'all', accounts } satisfies Scope };
};

export const askingOf = (world: World, scope: Scope, more: Partial<Asking> = {}): Asking => {
  const aws = awsAccounts({
    functionName: 'worker',
    homeRegion: region,
    externalId: world.externalId,
    now: world.now,
    credentials: { accessKeyId: 'FUNCTION-worker', secretAccessKey: 'x' },
    onClient: (client, service) => attach(client, service, world),
  });
  return {
    scope,
    administrator: securityAccount,
    region,
    pace: { turn: async () => undefined },
    now: world.now,
    until: world.now() + 40_000,
    as: (account, at) => aws.as({ role: 'read', account, region: at, requestId: 'posture' }),
    ...more,
  };
};

export const one = (account: Scope['accounts'][number]): Scope => ({
  kind: 'one',
  accounts: [account],
});

export const asked = (world: World, id: string, scope: Scope, more = {}): Promise<Answer> => {
  const question = questions.find((each) => each.id === id);
  if (!question) throw new Error(`no question ${id}`);
  return ask(askingOf(world, scope, more), question);
};

/** `1 of 4 accounts …: legacy-erp`, with what it asks of people before it. */
export const said = (answer: Answer): readonly string[] =>
  answer.kind === 'unknown'
    ? [`unknown, because ${answer.because}`]
    : [
        ...answer.figures.map(
          ({ verdict, value, of, unit = '', label, names = [] }) =>
            `${verdict}: ${value}${unit}${of === undefined ? '' : ` of ${of}`} ${label}${
              names.length > 0 ? `: ${names.join(', ')}` : ''
            }`,
        ),
        ...(answer.partly ? [`partly: ${answer.partly}`] : []),
      ];

export const home = (world: World) => world.partition(securityAccount, region).posture;

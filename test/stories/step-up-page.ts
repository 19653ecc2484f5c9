/** What people do on the step-up page: open the link they were told, and use their passkey. */
import type { LocalWorld } from '../../src/local/local-world.ts';
import { stepUpEvent } from '../../src/local/step-up-requests.ts';
import { personOf } from '../../src/requests/person.ts';
import type { Request } from '../../src/requests/request.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { type Authenticator, type Lies, newAuthenticator } from './authenticator.ts';
import { type Play, people } from './play.ts';

export const site = 'http://localhost:4747';

/** Where people open the page; a play is one. */
interface Visited extends Pick<Play, 'command'> {
  readonly world: Pick<LocalWorld, 'slack' | 'stepUp'> & {
    readonly clock: Pick<LocalWorld['clock'], 'now'>;
  };
  /** The page's own address, where it is not the local world's. */
  readonly site?: string;
}

interface Answer {
  readonly status: number;
  readonly kind: string;
  readonly code?: string;
  readonly title?: string;
  readonly lines?: readonly string[];
  readonly options?: object;
  readonly signIn?: string;
}

/** One call of the page, as a browser sends it. */
export const call = async (
  stage: Visited,
  name: 'begin' | 'finish',
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const event = stepUpEvent(
    {
      method: 'POST',
      url: `/step-up/${name}`,
      headers: { origin: stage.site ?? site, 'content-type': 'application/json', ...headers },
    },
    JSON.stringify(body),
    stage.world.clock.now(),
  );
  const answer = await stage.world.stepUp(event);
  return { status: answer.statusCode ?? 0, ...JSON.parse(answer.body ?? '{}') };
};

/** The token of the newest link that this person was told; everybody else never saw it. */
export const linkOf = (stage: Visited, user: string): string => {
  const { modals, ephemerals } = stage.world.slack.state() as unknown as {
    readonly modals: readonly { readonly user: string }[];
    readonly ephemerals: readonly { readonly user: string }[];
  };
  const told = JSON.stringify(
    [...ephemerals, ...modals].filter((one) => one.user === user).map((one) => one),
  );
  const token = [...told.matchAll(/\/step-up#([A-Za-z0-9]+)/g)].at(-1)?.[1];
  if (!token) throw new Error(`${user} was told no link`);
  return token;
};

/** `/cordon passkey`, the link, and a new passkey; it counts a day later. */
export const addPasskey = async (stage: Visited, user: string): Promise<Authenticator> => {
  const authenticator = newAuthenticator();
  await stage.command(user, 'passkey');
  const token = linkOf(stage, user);
  const asked = await call(stage, 'begin', { token });
  const made = await call(stage, 'finish', {
    token,
    answer: authenticator.create(asked.options ?? {}, stage.site ?? site),
  });
  if (made.kind !== 'done') throw new Error(`no passkey: ${JSON.stringify(made)}`);
  return authenticator;
};

/** Opens the newest link of this person and signs. */
export const confirm = async (
  stage: Visited,
  user: string,
  authenticator: Authenticator,
  lies: Lies = {},
): Promise<Answer> => {
  const token = linkOf(stage, user);
  const asked = await call(stage, 'begin', { token });
  if (asked.kind !== 'confirm') return asked;
  return call(stage, 'finish', {
    token,
    answer: authenticator.get(asked.options ?? {}, stage.site ?? site, lies),
  });
};

/** Both approvers of the example, with passkeys that count. */
export const twoApprovers = async (stage: Play) => {
  const ana = await addPasskey(stage, people.ana);
  const lee = await addPasskey(stage, people.lee);
  await stage.leap(25 * 3600);
  return { ana, lee };
};

/** What a stolen worker could write: an approval of this person without a signature, and its start. */
export const forgeApproval = async (stage: Play, user: string): Promise<void> => {
  const requests = requestsTable(stage.world.owners.requests);
  const [id = ''] = [...(await stage.requestIds())];
  const request = await requests.get(id);
  if (!request) throw new Error('there is no request');
  const at = new Date(stage.world.clock.now()).toISOString();
  const person = personOf(stage.world.config.identities, stage.world.config.workspace, user);
  const forged: Request = {
    ...request,
    version: request.version + 1,
    state: 'approved',
    approvedAt: at,
    stamp: { at, because: 'forged' },
    run: 1,
    votes: [...request.votes, { person, verdict: 'approve', at, planHash: request.planHash }],
  };
  await requests.save(forged, request.version);
  stage.world.executions.start(`${id}-1`, { request: id });
  await stage.world.idle();
  await stage.world.advance(60);
};

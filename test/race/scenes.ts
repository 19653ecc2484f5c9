/**
 * What the contenders find: one case, plan and request of each kind, made by the real handlers in
 * the local world, and copied with new names for each round.
 */
import type { Case } from '../../src/cases/case.ts';
import type { Request } from '../../src/requests/request.ts';
import type { OfferedPlan } from '../../src/store/requests-table.ts';
import { type Play, people, play } from '../stories/play.ts';
import { type OwnersTables, ownersTables } from './owners-tables.ts';

interface Templates {
  /** Maria's tier 2 request, waiting for an approval. */
  readonly pending: Request;
  /** The same request, approved by Lee and verified. */
  readonly contained: Request;
  readonly serverCase: Case;
  readonly keyCase: Case;
  /** The quick undo as Maria and Lee were shown it. */
  readonly undoOffers: readonly [OfferedPlan, OfferedPlan];
  /** The same tier 1 plan as Maria and Lee were shown it. */
  readonly keyOffers: readonly [OfferedPlan, OfferedPlan];
}

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the story did not make ${what}`);
  return value;
};

/** The plan in the modal that this person has open. */
const offerShownTo = async (
  stage: Play,
  tables: OwnersTables,
  user: string,
): Promise<OfferedPlan> => {
  const { modals } = stage.world.slack.state(user) as unknown as {
    readonly modals: readonly { readonly view: { readonly private_metadata: string } }[];
  };
  const token = modals.at(-1)?.view.private_metadata ?? '';
  return found(await tables.requests.offered(token), `a plan for ${user}`);
};

/** Both people press the control; each sees a plan. */
const bothLook = async (
  stage: Play,
  tables: OwnersTables,
  press: (user: string) => Promise<unknown>,
): Promise<readonly [OfferedPlan, OfferedPlan]> => {
  await press(people.maria);
  await press(people.lee);
  return [
    await offerShownTo(stage, tables, people.maria),
    await offerShownTo(stage, tables, people.lee),
  ];
};

const makeTemplates = async (stage: Play, tables: OwnersTables): Promise<Templates> => {
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'plan:isolate-instance');
  const { caseId } = await offerShownTo(stage, tables, people.maria);
  await stage.submit(people.maria);
  const theCase = async (id: string) => found(await tables.cases.get(id), 'a case');
  const [id = ''] = (await theCase(caseId)).requests;
  const request = async () => found(await tables.requests.get(id), 'a request');
  const pending = await request();
  await stage.press(people.lee, 'approve', stage.withControl('approve'));
  const contained = await request();
  const undoOffers = await bothLook(stage, tables, (user) =>
    stage.press(user, 'undo', stage.withControl('undo')),
  );
  const serverCase = await theCase(caseId);
  await stage.scenario('leaked-key');
  const control = 'plan:deactivate-access-key';
  const card = found(
    stage.cards().find((one) => stage.controls(one).includes(control)),
    'a card about the key',
  );
  const keyOffers = await bothLook(stage, tables, (user) => stage.press(user, control, card));
  const keyCase = await theCase(keyOffers[0].caseId);
  return { pending, contained, serverCase, keyCase, undoOffers, keyOffers };
};

/** Copies for one round; `name` is unique, capitals and digits. */
export interface Scenes {
  readonly tables: OwnersTables;
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signingSecret: string;
  pendingRequest(name: string): Promise<Request>;
  /** One case, and the plan that each of the two was shown for the same key. */
  keyPlans(name: string): Promise<readonly [OfferedPlan, OfferedPlan]>;
  /** One containment in force, and the undo plan that each of the two was shown. */
  undoPlans(name: string): Promise<readonly [OfferedPlan, OfferedPlan]>;
  close(): Promise<void>;
}

export const prepareScenes = async (): Promise<Scenes> => {
  const stage = await play();
  const tables = ownersTables(stage.world.dynamoEndpoint);
  const made = await makeTemplates(stage, tables);
  const copyCase = async (of: Case, name: string, requests: readonly string[]) => {
    const copy: Case = { ...of, id: `CASE${name}`, version: 1, requests, outbox: [] };
    await tables.cases.create(copy, 4);
    return copy.id;
  };
  const copyRequest = async (of: Request, name: string, caseId: string): Promise<Request> => {
    const token = `token${name}`.padEnd(22, '0');
    const copy: Request = { ...of, id: `R${name}`, caseId, token, version: 1, outbox: [] };
    await tables.requests.create(copy);
    return copy;
  };
  const copyOffers = async (
    [first, second]: readonly [OfferedPlan, OfferedPlan],
    change: (offer: OfferedPlan) => OfferedPlan,
    name: string,
  ) => {
    const a = { ...change(first), token: `first${name}`.padEnd(22, '0') };
    const b = { ...change(second), token: `second${name}`.padEnd(22, '0') };
    await Promise.all([tables.requests.offer(a), tables.requests.offer(b)]);
    return [a, b] as const;
  };
  return {
    tables,
    endpoint: stage.world.dynamoEndpoint,
    now: stage.world.clock.now(),
    signingSecret: stage.world.slack.signingSecret,
    async pendingRequest(name) {
      return copyRequest(made.pending, name, await copyCase(made.serverCase, name, [`R${name}`]));
    },
    async keyPlans(name) {
      const caseId = await copyCase(made.keyCase, name, []);
      const about = (offer: OfferedPlan): OfferedPlan => ({
        ...offer,
        caseId,
        plan: { ...offer.plan, target: { ...offer.plan.target, id: `AKIA${name}` } },
      });
      return copyOffers(made.keyOffers, about, name);
    },
    async undoPlans(name) {
      const caseId = await copyCase(made.serverCase, name, [`R${name}`]);
      const { id } = await copyRequest(made.contained, name, caseId);
      return copyOffers(made.undoOffers, (offer) => ({ ...offer, caseId, undoes: id }), name);
    },
    close: () => stage.close(),
  };
};

/**
 * Two processes do the same thing at the same moment, over the same tables. `CORDON_RACE_ROUNDS`
 * says how often for each kind of race; the gate runs 1,000.
 */
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { purposeOf } from '../../src/flows/offer-plan.ts';
import { requestIdOf } from '../../src/flows/put-request.ts';
import { actorOf } from '../../src/requests/person.ts';
import { executionName } from '../../src/requests/request.ts';
import type { OfferedPlan } from '../../src/store/requests-table.ts';
import { people } from '../stories/play.ts';
import { approveClick, submitClick } from './clicks.ts';
import { type Both, type Contest, startContest } from './contest.ts';
import { auditOf, ends, type Race, type Round, race, refusalOf, requestOf, told } from './race.ts';
import { prepareScenes, type Scenes } from './scenes.ts';

const rounds = Number(process.env['CORDON_RACE_ROUNDS'] ?? 10);
let scenes: Scenes;
let contest: Contest;

beforeAll(async () => {
  scenes = await prepareScenes();
  contest = startContest(scenes.endpoint, scenes.now);
}, 60_000);

afterAll(async () => {
  contest.close();
  await scenes.close();
});

const requested = [{ words: expect.stringContaining('It runs now'), who: undefined }];

/** Every round is judged; that some collided shows that it was a race. */
const run = async (
  { annotate }: TestContext,
  kind: string,
  prepare: Race['prepare'],
): Promise<void> => {
  const collided = await race(contest, { kind, rounds, prepare });
  await annotate(`${rounds} rounds; in ${collided} the two writes collided`);
  expect(collided).toBeGreaterThan(0);
};

/** Two approvers press Approve of one tier 2 request. */
const approval = async (name: string): Promise<Round> => {
  const pending = await scenes.pendingRequest(name);
  const voters = [people.ana, people.lee] as const;
  const clicks = [
    approveClick(scenes, voters[0], pending),
    approveClick(scenes, voters[1], pending),
  ] as const;
  return {
    clicks,
    async judge(reports) {
      const stored = await scenes.tables.requests.get(pending.id);
      const voted = stored?.votes.map(({ person }) => person.user);
      const [first, second] = voted?.[0] === voters[0] ? ([0, 1] as const) : ([1, 0] as const);
      expect(
        {
          ...ends(reports),
          state: stored?.state,
          version: stored?.version,
          voted,
          audit: auditOf(stored),
          winner: told(reports[first]),
          loser: told(reports[second]),
          winnersRefusal: await refusalOf(scenes.tables, clicks[first]),
          losersRefusal: await refusalOf(scenes.tables, clicks[second]),
        },
        name,
      ).toEqual({
        ends: ['done', 'done'],
        started: [executionName({ id: pending.id, run: 1 })],
        asked: 1,
        state: 'approved',
        version: pending.version + 1,
        voted: [voters[first]],
        audit: [`request.approved slack:T0CORDON/${voters[first]}`],
        winner: [],
        loser: [
          {
            words: expect.stringContaining('Too late: it is already approved and running.'),
            who: voters[first],
          },
        ],
        winnersRefusal: undefined,
        losersRefusal: 'click.refused',
      });
    },
  };
};

/** Two people submit the plan that each was shown for the same purpose. */
const twoPlans = async (name: string, offers: Both<OfferedPlan>): Promise<Round> => {
  const [a, b] = offers;
  const clicks = [submitClick(scenes, a), submitClick(scenes, b)] as const;
  const before = (await scenes.tables.cases.get(a.caseId))?.requests ?? [];
  return {
    clicks,
    async judge(reports) {
      const claim = await scenes.tables.requests.claim(purposeOf(a.plan, a.undoes));
      const [first, second] =
        claim?.request === requestIdOf(a.token) ? ([0, 1] as const) : ([1, 0] as const);
      const won = requestIdOf(offers[first].token);
      const stored = await requestOf(scenes.tables, offers[first]);
      expect(
        {
          ...ends(reports),
          claim: claim?.request,
          state: stored?.state,
          audit: auditOf(stored),
          losersRequest: await requestOf(scenes.tables, offers[second]),
          inCase: (await scenes.tables.cases.get(a.caseId))?.requests,
          winner: told(reports[first]),
          loser: told(reports[second]),
          losersRefusal: await refusalOf(scenes.tables, clicks[second]),
        },
        name,
      ).toEqual({
        ends: ['done', 'done'],
        started: [executionName({ id: won, run: 1 })],
        asked: 1,
        claim: won,
        state: 'approved',
        audit: [`request.created ${actorOf(offers[first].person)}`],
        losersRequest: undefined,
        inCase: [...before, won],
        winner: requested,
        loser: [
          {
            words: expect.stringMatching(/Not done .*Somebody else asked/),
            who: offers[first].person.user,
          },
        ],
        losersRefusal: 'click.refused',
      });
    },
  };
};

/** One person's one plan arrives in both processes. */
const onePlan = async (name: string, press: 'redelivered' | 'twice'): Promise<Round> => {
  const [offer] = await scenes.keyPlans(name);
  const click = submitClick(scenes, offer);
  const again = submitClick(scenes, offer);
  return {
    clicks: [click, press === 'twice' ? again : click],
    async judge(reports, deliverAgain) {
      const { ends: ended, started } = ends(reports);
      // What was busy is delivered once more by the queue.
      const later = ends(await deliverAgain());
      const stored = await requestOf(scenes.tables, offer);
      expect(
        {
          done: ended.filter((end) => end === 'done').length,
          started,
          later,
          state: stored?.state,
          version: stored?.version,
          audit: auditOf(stored),
          inCase: (await scenes.tables.cases.get(offer.caseId))?.requests,
          told: reports.flatMap(told),
        },
        name,
      ).toEqual({
        done: press === 'twice' ? 2 : 1,
        started: [executionName({ id: requestIdOf(offer.token), run: 1 })],
        later: { ends: ['seen-before', 'seen-before'], started: [], asked: 0 },
        state: 'approved',
        version: 1,
        audit: [`request.created ${actorOf(offer.person)}`],
        inCase: [requestIdOf(offer.token)],
        told: press === 'twice' ? [...requested, ...requested] : requested,
      });
    },
  };
};

describe(`two processes at once, ${rounds} times`, { timeout: 30_000 + rounds * 1000 }, () => {
  test('of two approvals one starts the execution, and the other is told whose did', (context) =>
    run(context, 'APPROVE', approval));

  test('of two responders one gets the request, and the other is told who', (context) =>
    run(context, 'SUBMIT', async (name) => twoPlans(name, await scenes.keyPlans(name))));

  test('of two quick undos one runs, and the other is told whose', (context) =>
    run(context, 'UNDO', async (name) => twoPlans(name, await scenes.undoPlans(name))));

  test('a submission that is delivered twice acts once', (context) =>
    run(context, 'AGAIN', (name) => onePlan(name, 'redelivered')));

  test('a plan that its owner submits twice is one request and one execution', (context) =>
    run(context, 'TWICE', (name) => onePlan(name, 'twice')));
});

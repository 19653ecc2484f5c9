/** `cordon review`: the same Markdown from a running local world and from the tables of a deployment. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '../../cordon.config.ts';
import { main } from '../../src/cli/main.ts';
import { deployedReview, localReview } from '../../src/cli/review.ts';
import { localDeployment } from '../../src/local/runtime/resources.ts';
import { type LocalServer, serveLocalWorld } from '../../src/local/server.ts';
import { type Play, people, play } from '../stories/play.ts';

let stage: Play;
let server: LocalServer;

const names = { cases: localDeployment.casesTable, requests: localDeployment.requestsTable };

const deployed = (caseId: string): Promise<string> =>
  deployedReview(names, { config, caseId, now: stage.world.clock.now() });

beforeAll(async () => {
  stage = await play();
  server = await serveLocalWorld(stage.world, stage.world.owners.requests, 0);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', stage.world.dynamoEndpoint);
  vi.stubEnv('AWS_REGION', localDeployment.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'acknowledge');
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await stage.close();
});

test('a local world and a deployment answer the same review', async () => {
  const id = stage.caseIdOn(stage.card());
  const text = await localReview(server.url, id);
  expect(text).toMatch(new RegExp(`^# Review of case ${id}\n`));
  expect(text).toContain('Acknowledged: 2026-11-22 09:00 UTC, after 1 s (target 15 min: kept)');
  expect(await deployed(id)).toBe(text);
});

test('what cannot be answered says why', async () => {
  const unknown = 'there is no case C000000000; its id stands under every card';
  await expect(localReview(server.url, 'C000000000')).rejects.toThrow(unknown);
  await expect(deployed('C000000000')).rejects.toThrow(unknown);
  await expect(localReview('http://127.0.0.1:1', 'C000000000')).rejects.toThrow('nobody answers');
  expect(await main(['review'])).toBe(2);
});

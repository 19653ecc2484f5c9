/** What a deployment hides, taken out of its table and asked about events by the command line. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { defaultReplayConfig, replay, replayLine } from '../../src/cli/replay.ts';
import { deployedSuppressions, suppressionsIn } from '../../src/cli/suppressions.ts';
import { localDeployment } from '../../src/local/runtime/resources.ts';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { type Play, people, play } from '../stories/play.ts';

let stage: Play;
const file = join(mkdtempSync(join(tmpdir(), 'cordon-')), 'suppressions.json');
const at = (): string => new Date(stage.world.clock.now()).toISOString();
const event = (change: object = {}) =>
  guardDutyEvent({ ...portScan, ...change }, stage.world.clock.now());
const config = () => ({
  ...defaultReplayConfig,
  hidden: { by: suppressionsIn(file), at: at() },
});

beforeEach(async () => {
  stage = await play();
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding');
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'account' },
  });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', stage.world.dynamoEndpoint);
  vi.stubEnv('AWS_REGION', localDeployment.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  writeFileSync(file, await deployedSuppressions(localDeployment.casesTable, at()));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await stage.close();
});

test('explain says which one hides an event, which one would end, and that none is about it', () => {
  expect(explain(event(), config())).toMatch(/^Suppressed +yes, by \S+: .* are hidden until/m);
  expect(explain(event({ severity: 8 }), config())).toMatch(
    /^Suppressed +no: \S+ would end, because severity rose to HIGH/m,
  );
  const elsewhere = JSON.stringify(event()).replaceAll('123456789012', '111122223333');
  expect(explain(JSON.parse(elsewhere), config())).toMatch(
    /^Suppressed +no: none of 1 in force is about it/m,
  );
});

test('replay gives what is hidden no channel, and counts it', () => {
  const [one] = suppressionsIn(file);
  expect(replayLine('event', event(), config())).toMatchObject({
    outcome: 'case',
    channel: null,
    actions: [],
    suppressedBy: one?.id,
  });
  const events = join(mkdtempSync(join(tmpdir(), 'cordon-')), 'events.json');
  writeFileSync(events, JSON.stringify([event(), event({ severity: 8 })]));
  const lines: string[] = [];
  replay([events], { config: config(), json: false, print: (line) => void lines.push(line) });
  const text = lines.join('\n');
  expect(text).toContain(`Suppressed by\n      1  ${one?.id}`);
  expect(text).toContain('Cards by channel\n      1  C0SECURITY');
});

test('without a file nothing is hidden; a file of something else is refused with what to do', () => {
  expect(replayLine('event', event(), defaultReplayConfig).channel).toBe('C0SECURITY');
  writeFileSync(file, '[{"id":"S1"}]');
  expect(() => suppressionsIn(file)).toThrow(/entry 1 is no suppression; write the file with/);
  writeFileSync(file, 'no json');
  expect(() => suppressionsIn(file)).toThrow(/cannot be read as JSON/);
});

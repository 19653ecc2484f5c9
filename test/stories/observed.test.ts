/** From one event to the record: the ids by which the log, the metrics and the audit tell of the same thing. */
import { afterEach, expect, test } from 'vitest';
import type { LocalWorldOptions } from '../../src/local/local-world.ts';
import { askToIsolate } from './acts.ts';
import { type Play, people, play } from './play.ts';

type Facts = Readonly<Record<string, string | number>>;

let stage: Play;
afterEach(() => stage.close());

test('an event, its case, its request and its record have ids in common, and nothing of an attacker is logged', async () => {
  const lines: (Facts & { readonly line: string })[] = [];
  const log: LocalWorldOptions['log'] = (line, facts = {}) => lines.push({ line, ...facts });
  stage = await play({ log });
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
  await stage.world.tick();

  const opened = (await stage.entries()).find(({ kind }) => kind === 'case.opened');
  const logged = lines.find(({ happened }) => happened === 'case.opened');
  expect(logged).toMatchObject({
    function: 'ingest',
    case: opened?.case,
    event: opened?.detail?.['event'],
    account: '123456789012',
  });
  const contained = lines.find(({ happened }) => happened === 'request.contained');
  expect(contained).toMatchObject({
    function: 'executor',
    case: opened?.case,
    account: '123456789012',
    action: 'isolate-instance',
  });

  const measured = lines.filter(({ line }) => line === 'metrics');
  const sum = (name: string): number =>
    measured.reduce((total, facts) => total + Number(facts[name] ?? 0), 0);
  expect(sum('EventsReceived')).toBe(1);
  expect(sum('EventsInCases')).toBe(1);
  expect(sum('RequestsContained')).toBe(1);
  expect(sum('Heartbeat')).toBeGreaterThan(0);
  expect(measured.some((facts) => 'ContainmentSeconds' in facts)).toBe(true);
  expect(measured.some((facts) => 'JobSeconds' in facts)).toBe(true);
  expect(JSON.stringify(lines)).not.toMatch(/xoxb-|Command and Control|signing/i);
  await stage.curtain();
});

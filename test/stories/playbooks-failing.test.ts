/**
 * Playbooks of which something fails: each change that one makes is refused once, and each invocation of
 * its executor dies once. `npm test` takes a few of these; `CORDON_EVERY_KILL=1` leaves none out.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { denied } from '../../src/local/world/aws-error.ts';
import { interference } from './interference.ts';
import { strideOf } from './killer.ts';
import { type Play, people, play } from './play.ts';
import { doTheRest, requestSays, run, settle, undoAll } from './playbook-acts.ts';
import { severity, told } from './playbook-events.ts';

vi.setConfig({ testTimeout: 300_000 });

let stage: Play;

afterEach(() => stage.close());

type Refuse = (nth: number) => boolean;

/** Changes in other people's accounts: what a step is there for. */
const isChange = (service: string, operation: string): boolean =>
  !/^(dynamodb|sqs|sts|states|secretsmanager|sns)$/.test(service) &&
  !/^(Get|List|Describe|Search|Simulate|Lookup|BatchGet|Head|Validate|Check)/.test(operation);

/** `refuse`: asked with 1, 2, 3 … at each change; those that it names are denied by AWS. */
const scene = async (event: unknown, refuse: Refuse) => {
  let changes = 0;
  const noted = interference(() => false);
  stage = await play({ config: { severity }, wrap: noted.wrap });
  const calls = noted.install(stage.world);
  const strike = stage.world.aws.faults.strike.bind(stage.world.aws.faults);
  stage.world.aws.faults.strike = async (service, operation) => {
    const before = calls.length;
    await strike(service, operation);
    const byExecutor = calls.length > before;
    if (!byExecutor || !isChange(service, operation)) return;
    changes += 1;
    if (refuse(changes)) throw denied(service, `the test denies ${service}:${operation}`);
  };
  await stage.world.events([event]);
  return { changes: () => changes };
};

const isDone = (): boolean => /\*(Contained|Done)\*, verified/.test(stage.cardSays());

/** How many changes it makes when nothing is in its way, and which. */
const smoothly = async ({ id, event }: (typeof told)[number]) => {
  const { changes } = await scene(event, () => false);
  await run(stage, id);
  await doTheRest(stage);
  expect(isDone()).toBe(true);
  const made = [...new Set(stage.mutations())].toSorted();
  const count = changes();
  await stage.close();
  return { made, count };
};

/** Refused once: it stands still and says so, or found another way by itself. */
const refusedOnce = async ({ id, event }: (typeof told)[number], nth: number): Promise<boolean> => {
  await scene(event, (n) => n === nth);
  await run(stage, id);
  await doTheRest(stage);
  const failed = requestSays(stage).includes('✗ Failed');
  if (failed) {
    expect(stage.cardSays(), `change ${nth}`).toContain('*Playbook stands still, a step failed*');
    expect(stage.controls(stage.withControl('finish')), `change ${nth}`).toEqual(
      expect.arrayContaining(['finish', 'step-skip']),
    );
  }
  return failed;
};

/** What a person does about it: takes it back, or lets it go on; then nothing is left open. */
const mended = async (nth: number, failed: boolean, made: readonly string[]): Promise<void> => {
  if (failed && nth % 2 === 0 && stage.withControl('undo')) {
    await undoAll(stage);
    expect(stage.cardSays(), `change ${nth}`).toMatch(/\*Undone\*/);
    return;
  }
  if (failed) await stage.press(people.lee, 'finish', stage.withControl('finish'));
  await doTheRest(stage);
  expect(isDone(), `change ${nth}: ${requestSays(stage)}`).toBe(true);
  expect(requestSays(stage), `change ${nth}`).not.toMatch(/○|✗|Not done/);
  if (failed) expect([...new Set(stage.mutations())].toSorted()).toEqual(made);
};

const every = strideOf(8);

describe.each(told.filter((_, n) => n % every === 0))('$id', (playbook) => {
  test('whichever change is refused: the step is named, tried again, and all of it done; or undone', async () => {
    const { made, count } = await smoothly(playbook);
    let failures = 0;
    for (let nth = 1; nth <= count; nth += strideOf(Math.max(1, count - 1))) {
      const failed = await refusedOnce(playbook, nth);
      if (failed) failures += 1;
      await mended(nth, failed, made);
      await stage.close();
    }
    if (count > 0) expect(failures).toBeGreaterThan(0);
  });

  test('each of its invocations dies once, later each time: nothing is done twice', async () => {
    const { made } = await smoothly(playbook);
    const seen = new Map<number, number>();
    let kills = 0;
    const killer = interference(({ invocation, service, operation }) => {
      const effect =
        /^dynamodb:(Put|Update|Delete)Item$/.test(`${service}:${operation}`) ||
        isChange(service, operation);
      if (!effect) return false;
      const nth = (seen.get(invocation) ?? 0) + 1;
      seen.set(invocation, nth);
      if (nth !== 2 + kills) return false;
      kills += 1;
      return true;
    });
    stage = await play({ config: { severity }, wrap: killer.wrap });
    killer.install(stage.world);
    await stage.world.events([playbook.event]);
    await run(stage, playbook.id);
    for (let waits = 0; waits < 14 && !isDone(); waits += 1) {
      await settle(stage, 3600);
      const turn = stage.thread().findLast((one) => stage.controls(one).includes('step-done'));
      if (turn) await stage.press(people.lee, 'step-done', turn);
    }
    expect(isDone(), requestSays(stage)).toBe(true);
    if (made.length > 0) expect(kills).toBeGreaterThan(2);
    expect([...new Set(stage.mutations())].toSorted()).toEqual(made);
    const kinds = (await stage.requestAudits())[0] ?? [];
    expect(kinds.filter((kind) => /^request\.(contained|done)$/.test(kind))).toHaveLength(1);
    await stage.curtain();
  });
});

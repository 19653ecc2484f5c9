/** A new account of the organisation, and a baseline that somebody switched off: the digest names both. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Play, people, play } from './play.ts';

const digest = { at: '09:00', containMinutes: 60, resolveHours: 72, timeZone: 'UTC' };

let stage: Play;

beforeAll(async () => {
  stage = await play({ start: '2026-11-23T08:30:00Z', config: { digest } });
});

afterAll(() => stage.close());

const posture = async (): Promise<string> => {
  await stage.command(people.maria, 'posture');
  return stage.told(people.maria).replaceAll(/\s+/g, ' ');
};

test('a new account is named within the hour, and by the digest', async () => {
  expect(await posture()).not.toContain('that are uncovered : 1');
  stage.world.aws.account('555544443333', 'new-venture');
  await stage.world.advance(3600);
  const posts = stage.posts().map(({ text, blocks }) => text + JSON.stringify(blocks));
  const told = posts.find((text) => /The (day|week) to/.test(text)) ?? '';
  expect(told).toContain('Uncovered accounts of the organisation: new-venture (555544443333)');
});

test('the baseline is asked about only where it was deployed', async () => {
  expect(await posture()).not.toContain('baseline');
});

test('what was switched off of a baseline is in the digest, quiet day or not', async () => {
  const other = await play({
    start: '2026-11-24T08:59:00Z',
    config: { digest, deployment: { ...stage.world.config.deployment, baseline: true } },
  });
  other.world.aws.partition('999988887777', 'eu-west-1').detector?.organization?.plans.splice(0, 1);
  await other.world.advance(120);
  expect(JSON.stringify(other.posts())).toContain(
    'Switched off of the organisation baseline: GuardDuty S3_DATA_EVENTS',
  );
  await other.close();
});

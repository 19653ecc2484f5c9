/** Evidence of a case: read, told in its thread, kept in the bucket; what fails is named and nothing else is lost. */
import { afterEach, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { sha256 } from '../../src/audit/chain.ts';
import { type Play, play } from './play.ts';

const fromHigh = { evidence: { ...config.evidence, from: 'HIGH' } } as const;
let stage: Play;

afterEach(() => stage.close());

/** What the thread says of the evidence, oldest first. */
const told = (): readonly string[] =>
  stage
    .threadSays()
    .map((text) => text.replaceAll(/\s+/g, ' '))
    .filter((text) => text.startsWith('Evidence'));

const objects = async (): Promise<readonly string[]> =>
  (await stage.world.vault.list('cases/', '')).map((key) => key.split('/').slice(2).join('/'));

const stored = async () =>
  (await stage.entries()).filter(({ kind }) => kind === 'case.evidence-stored');

test('a stolen key: the thread says what it did, what was denied and destructive and what is new; the bucket and the audit have it', async () => {
  stage = await play({ config: fromHigh });
  await stage.scenario('leaked-key');
  const [first = '', ...more] = told();
  expect(more).toEqual([]);
  expect(first).toContain('calls 7,');
  expect(first).toContain('198.51.100.77');
  expect(first).toMatch(/denied .*iam:CreateUser/);
  expect(first).toContain('destructive cloudtrail:StopLogging, ec2:TerminateInstances');
  expect(first).toMatch(/new in 90 days 198\.51\.100\.77, cloudtrail:StopLogging/);
  expect(first).not.toContain('Not in it');

  const id = stage.caseIdOn(stage.card());
  expect(await objects()).toEqual([
    expect.stringMatching(/^1\/did-[0-9a-f]{16}\.json$/),
    '1/manifest.json',
    expect.stringMatching(/^1\/related-[0-9a-f]{16}\.json$/),
  ]);
  const manifest = (await stage.world.vault.get(`cases/${id}/1/manifest.json`)) ?? '';
  const { objects: listed, askedBy } = JSON.parse(manifest);
  expect(askedBy).toBe('cordon:worker');
  for (const { key, sha256: hash, bytes } of listed) {
    const body = (await stage.world.vault.get(key)) ?? '';
    expect([sha256(body), Buffer.byteLength(body)]).toEqual([hash, bytes]);
  }
  const [entry] = await stored();
  expect(entry?.detail?.['sha256']).toBe(sha256(manifest));
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

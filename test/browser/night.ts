/** The local world in one night that is always the same, for pictures: its clock stands still between steps. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config } from '../../cordon.config.ts';
import { folderVault } from '../../src/audit/folder-vault.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { createLocalWorld, type LocalWorld } from '../../src/local/local-world.ts';
import { compromisedServerAlert } from '../../src/local/scenarios/alerts.ts';
import { serveLocalWorld } from '../../src/local/server.ts';

export interface Night {
  readonly world: LocalWorld;
  readonly url: string;
  close(): Promise<void>;
}

/** 3:14 in Madrid; the first case is already there. */
export const openNight = async (settings: Partial<CordonConfig> = {}): Promise<Night> => {
  let made = 0;
  const world = await createLocalWorld({
    // Only its own picture has what is gathered by itself.
    config: { ...config, evidence: { ...config.evidence, from: 'off' }, ...settings },
    vault: folderVault(mkdtempSync(join(tmpdir(), 'cordon-night-'))),
    start: Date.parse('2026-11-22T02:14:00Z'),
    realTime: false,
    newId: () => {
      made += 1;
      return createHash('sha256').update(`night ${made}`).digest('hex').slice(0, 24);
    },
    tickWhenIdle: true,
  });
  const server = await serveLocalWorld(world, world.owners.requests, 0);
  await compromisedServerAlert.run(world);
  return {
    world,
    url: server.url,
    async close() {
      await server.close();
      await world.close();
    },
  };
};

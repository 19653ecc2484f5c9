/** A story's stage: the local world, driven through signed requests, pumps and clock only. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { config as exampleConfig } from '../../cordon.config.ts';
import { folderVault } from '../../src/audit/folder-vault.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import {
  createLocalWorld,
  type LocalWorld,
  type LocalWorldOptions,
} from '../../src/local/local-world.ts';
import { scenarios } from '../../src/local/scenarios/index.ts';
import { type Hands, handsOf } from './hands.ts';
import { type Records, recordsOf } from './records.ts';
import { type Screen, screenOf } from './screen.ts';

export const people = {
  maria: 'U0MARIA',
  ana: 'U0ANA',
  anaAgain: 'U0ANA2',
  lee: 'U0LEE',
  guest: 'U0GUEST',
  nobody: 'U0NOBODY',
  stranger: 'U0STRANGER',
} as const;

export interface Play extends Screen, Hands, Records {
  readonly world: LocalWorld;
  scenario(id: string): Promise<void>;
  /** Moves time in one go, as if nothing had ticked meanwhile, then ticks. For days, not minutes. */
  leap(seconds: number): Promise<void>;
  /**
   * What must hold at the end of every story: the audit is intact, nobody was pinged too often or
   * by themselves, and no function called what its role forbids.
   */
  curtain(exceptions?: Exceptions): Promise<void>;
  close(): Promise<void>;
}

interface Exceptions {
  /** The most pings of one person by one case, where it is not 2: hours passed, or it got worse. */
  readonly pings?: number;
  /** People whom the story's own point notifies of what they did. */
  readonly ownPings?: readonly string[];
  /** Denials that the story injected. */
  readonly denied?: readonly string[];
}

interface PlayOptions {
  readonly config?: Partial<CordonConfig>;
  readonly wrap?: LocalWorldOptions['wrap'];
  readonly start?: string;
  readonly log?: LocalWorldOptions['log'];
  /** Accounts that the configuration does not name stay unknown. */
  readonly closed?: boolean;
}

const newIds = (): (() => string) => {
  let made = 0;
  return () => {
    made += 1;
    return `id${String(made).padStart(20, '0')}`;
  };
};

const curtainOf =
  (stage: Pick<Play, 'world' | 'auditIntact' | 'ownPings' | 'denied'>): Play['curtain'] =>
  async ({ pings = 2, ownPings = [], denied = [] } = {}) => {
    expect(await stage.auditIntact()).toBe(true);
    for (const user of Object.values(people))
      expect(stage.world.slack.pingsOfThread(user), `pings of ${user}`).toBeLessThanOrEqual(pings);
    expect(stage.ownPings()).toEqual(ownPings);
    expect(stage.denied()).toEqual(denied);
  };

/** Due hours after most stories' end: it reads all of the posture, which only its own stories are about. */
const eveningDigest = { ...exampleConfig.digest, at: '20:00' };

/** Only its own stories gather it by itself: it adds calls and a message to each HIGH case. */
const onlyAsked = { ...exampleConfig.evidence, from: 'off' } as const;

export const play = async (options: PlayOptions = {}): Promise<Play> => {
  const world = await createLocalWorld({
    config: { ...exampleConfig, evidence: onlyAsked, digest: eveningDigest, ...options.config },
    vault: folderVault(mkdtempSync(join(tmpdir(), 'cordon-vault-'))),
    start: Date.parse(options.start ?? '2026-11-22T09:00:00Z'),
    realTime: false,
    newId: newIds(),
    tickWhenIdle: false,
    ...(options.wrap ? { wrap: options.wrap } : {}),
    ...(options.log ? { log: options.log } : {}),
    closed: options.closed ?? false,
  });
  const screen = screenOf(world);
  const records = recordsOf(world);
  const hands = handsOf(world, screen);
  return {
    world,
    ...screen,
    ...records,
    ...hands,
    async scenario(id) {
      const found = scenarios.find((one) => one.id === id);
      if (!found) throw new Error(`no scenario ${id}`);
      await found.run(world);
    },
    async leap(seconds) {
      world.clock.moveTo(world.clock.now() + seconds * 1000);
      await world.tick();
      await world.idle();
    },
    curtain: curtainOf({ world, ...records, ...hands }),
    close: () => world.close(),
  };
};

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { config } from '../../cordon.config.ts';
import { type Started, start } from '../../src/cli/start.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

let folder = '';
let local: Started;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-start-'));
  mkdirSync(join(folder, 'sealed'));
  writeFileSync(join(folder, 'sealed/of-the-last-run'), '');
  local = await start({ config, port: 0, folder, withCase: false });
});
afterEach(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const listening = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

it('empties the folder of the run before', () => {
  expect(existsSync(join(folder, 'sealed/of-the-last-run'))).toBe(false);
});

describe('a second start on the same port', () => {
  const again = () =>
    start({ config, port: Number(new URL(local.server.url).port), folder, withCase: false });

  it('says what to do, and leaves the audit of the running world', async () => {
    const kept = join(folder, 'sealed/kept');
    mkdirSync(join(folder, 'sealed'));
    writeFileSync(kept, '');
    await expect(again()).rejects.toThrow(
      /^port \d+ is taken; stop the other world or use --port N$/,
    );
    expect(existsSync(kept)).toBe(true);
  });

  it('leaves nothing open that would keep the process alive', async () => {
    const before = listening();
    await expect(again()).rejects.toThrow('is taken');
    expect(before).toBeGreaterThan(0);
    // A closed handle is gone a moment later.
    await vi.waitFor(() => expect(listening()).toBe(before));
  });
});

describe('the terminal', () => {
  /** What is written to it while `act` runs. */
  const told = async (act: () => Promise<unknown>): Promise<string> => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await act();
      return write.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      write.mockRestore();
    }
  };
  const event = readEvent('guardduty-ec2-c2');

  it('hears nothing of what goes well', async () => {
    expect(await told(() => local.world.events([event]))).toBe('');
  });

  it('hears of a handler that fails', async () => {
    local.world.aws.faults.add({ service: 'dynamodb', kind: 'deny', count: 5 });
    const text = await told(() => local.world.events([event]));
    expect(text).toContain('events.failed function=ingest');
  });

  it('hears why the API answers with status 500, and nothing can pose as a line of it', async () => {
    vi.spyOn(local.world.vault, 'list').mockRejectedValue(new Error('no disk\u001b[2J'));
    const text = await told(async () => {
      expect((await fetch(`${local.server.url}/audit`)).status).toBe(500);
    });
    expect(text).toContain('The API failed: Error: no disk [2J\n');
    expect(text).not.toContain('\u001b');
  });

  it('hears nothing of wrong input', async () => {
    const send = () => fetch(`${local.server.url}/events`, { method: 'POST', body: '{' });
    expect(await told(send)).toBe('');
  });
});

/**
 * What a newcomer does: clone, `npm start`, send an event, see its card. Fails when the address is
 * not there within 60 seconds of a clone in which nothing is installed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const patience = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'cordon-clone-'));
const event = 'test/fixtures/events/guardduty-iam-access-key.json';

const address = (child) =>
  new Promise((resolve, reject) => {
    let seen = '';
    const late = setTimeout(() => reject(new Error(`no address in time: ${seen}`)), patience);
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}: ${seen}`)));
    child.stdout.on('data', (data) => {
      seen += data;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(seen)?.[0];
      if (!url) return;
      clearTimeout(late);
      resolve(url);
    });
  });

const cards = async (url) => {
  const { channels } = await (await fetch(`${url}/slack/state`)).json();
  // The day's digest is no card.
  return channels
    .flatMap(({ messages }) => messages)
    .filter(({ text }) => !/^The (day|week) to /.test(text));
};

execFileSync('git', ['clone', '--quiet', '.', folder]);
const began = Date.now();
const child = spawn('npm', ['start', '--', '--port', '0'], {
  cwd: folder,
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await address(child);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const page = await fetch(url);
  const before = await cards(url);
  const sent = await fetch(`${url}/events`, { method: 'POST', body: readFileSync(event) });
  const after = await cards(url);
  process.stdout.write(
    `working page after ${seconds} s; events answered ${sent.status} ${await sent.text()}; cards ${before.length} → ${after.length}\n`,
  );
  if (!page.ok || !sent.ok || before.length !== 1 || after.length !== 2)
    throw new Error('a fresh clone does not show one card, and one more for an event');
} finally {
  child.removeAllListeners('exit');
  if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

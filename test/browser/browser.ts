/** Chromium, as the system has it: `CHROMIUM`, else Debian's. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Says so where it is missing; with `REQUIRE_BROWSER=1` that is an error. */
export const hasBrowser = (): boolean => {
  if (existsSync(executablePath)) return true;
  const missing = `NO BROWSER at ${executablePath}: the page is NOT tested. Install chromium, or set CHROMIUM to one.`;
  if (process.env['REQUIRE_BROWSER'] === '1') throw new Error(missing);
  process.stderr.write(`\n${missing}\n\n`);
  return false;
};

/** Chromium's own sandbox does not work for root, who runs it in containers. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

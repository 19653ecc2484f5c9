/** Draws docs/images/ again, with chromium and ffmpeg: `npx tsx test/browser/pictures.ts`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator } from 'playwright-core';
import { launch } from './browser.ts';
import { type Night, openNight } from './night.ts';
import { openReader, type Reader, type Window } from './reader.ts';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const isolate = '[data-action-id="plan:isolate-instance"]';

const scratch = mkdtempSync(join(tmpdir(), 'cordon-pictures-'));

/** The page has few colours; a palette makes the files a third as large. */
const fewColours = 'split[a][b];[a]palettegen=max_colors=200[p];[b][p]paletteuse=dither=none';

const ffmpeg = (args: readonly string[]): void => {
  const { error, status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], {
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
};

type Draw = (reader: Reader, night: Night) => Promise<void>;

/** One night and one window for each series of pictures. */
const during = async (browser: Browser, size: Window, draw: Draw): Promise<void> => {
  const night = await openNight();
  const reader = await openReader(browser, night.url, size);
  await draw(reader, night);
  await reader.page.context().close();
  await night.close();
};

/** The part of the window that all of these cover together, without what the pointer lights up. */
const picture = async (reader: Reader, name: string, ...parts: Locator[]): Promise<void> => {
  await reader.page.mouse.move(0, 0);
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const all = boxes.filter((box) => box !== null);
  const x = Math.min(...all.map((box) => box.x));
  const y = Math.min(...all.map((box) => box.y));
  const clip = {
    x,
    y,
    width: Math.max(...all.map((box) => box.x + box.width)) - x,
    height: Math.max(...all.map((box) => box.y + box.height)) - y,
  };
  const drawn = join(scratch, `${name}.png`);
  await reader.page.screenshot({
    path: drawn,
    animations: 'disabled',
    ...(all.length > 0 ? { clip } : {}),
  });
  ffmpeg(['-i', drawn, '-vf', fewColours, join(images, `${name}.png`)]);
};

const ask = async (reader: Reader): Promise<void> => {
  await reader.playAs('U0MARIA');
  await reader.channel().locator(isolate).click();
  await reader.modal().getByText('What changes').waitFor();
  await reader.modal().getByRole('radio', { name: 'Suspected attack' }).check();
  await reader.modal().getByRole('textbox').fill('INC-4211, payments team is told');
};

const approve = async (reader: Reader): Promise<void> => {
  await reader.playAs('U0ANA');
  await reader.openThread();
  await reader.thread().locator('[data-action-id=approve]').click();
  await reader.thread().getByText('Contained and verified').waitFor();
};

const undo = async (reader: Reader): Promise<void> => {
  await reader.playAs('U0MARIA');
  await reader.thread().locator('[data-action-id=undo]').click();
  await reader.modal().getByText('What changes').waitFor();
};

const cardAndPlan: Draw = async (reader) => {
  await picture(reader, 'card', reader.channel().locator('.message').first());
  await ask(reader);
  await reader.modal().getByRole('textbox').blur();
  await picture(reader, 'plan', reader.modal());
};

const approvalAndRefusal: Draw = async (reader, { world }) => {
  await ask(reader);
  await reader.submit('Suspected attack');
  await reader.openThread();
  await picture(reader, 'approval', reader.thread().locator('.message').last());
  await world.advance(60);
  await reader.thread().locator('[data-action-id=approve]').click();
  const refusal = reader.thread().locator('.ephemeral');
  await refusal.waitFor();
  await picture(reader, 'refused', reader.thread().locator('.actions').last(), refusal);
};

const containedAndUndone: Draw = async (reader, { world }) => {
  const dock = reader.page.locator('.dock');
  await reader.tab('aws');
  await ask(reader);
  await reader.submit('Suspected attack');
  await world.advance(60);
  await approve(reader);
  await picture(reader, 'contained', reader.thread(), dock);
  await world.advance(240);
  await undo(reader);
  await reader.submit('Threat is gone');
  await reader.thread().getByText('back and verified').last().waitFor();
  await picture(reader, 'undone', reader.thread(), dock);
};

const overview: Draw = async (reader) => {
  await ask(reader);
  await reader.submit('Suspected attack');
  await reader.tab('aws');
  await approve(reader);
  await reader.thread().getByRole('button', { name: 'Close' }).click();
  await picture(reader, 'overview');
};

/** What a viewer sees, and for how many seconds. */
type Film = (seconds: number) => Promise<void>;

/** Milliseconds after which the page has drawn what changed. */
const settled = 300;

const film = (reader: Reader) => {
  const lines: string[] = [];
  const frame: Film = async (seconds) => {
    const path = join(scratch, `${String(lines.length).padStart(3, '0')}.png`);
    await reader.page.mouse.move(0, 0);
    await reader.page.screenshot({ path });
    lines.push(`file '${path}'\nduration ${seconds}`);
  };
  /** A ring around what is pressed next. */
  const pressing = async (control: Locator): Promise<void> => {
    await reader.page.waitForTimeout(settled);
    await control.evaluate((node) => {
      node.style.boxShadow = '0 0 0 3px #fff, 0 0 0 7px #1d9bd1';
    });
    await reader.page.waitForTimeout(settled);
    await frame(1.2);
    await control.evaluate((node) => node.style.removeProperty('box-shadow'));
  };
  const assemble = (target: string): void => {
    const list = join(scratch, 'frames.txt');
    writeFileSync(list, `${lines.join('\n')}\n`);
    ffmpeg(['-f', 'concat', '-safe', '0', '-i', list, '-vf', fewColours, '-vsync', 'vfr', target]);
  };
  return { frame, pressing, assemble };
};

const recording: Draw = async (reader, { world }) => {
  const { frame, pressing, assemble } = film(reader);
  const modal = reader.modal();
  const toTop = () => modal.locator('.modal-body').evaluate((body) => body.scrollTo(0, 0));
  await reader.tab('aws');
  await frame(2.5);
  await pressing(reader.channel().locator(isolate));
  await ask(reader);
  await modal.getByRole('textbox').blur();
  await toTop();
  await frame(2.5);
  await pressing(modal.locator('[data-modal=submit]'));
  await reader.submit('Suspected attack');
  await world.advance(60);
  await reader.playAs('U0ANA');
  await reader.openThread();
  await frame(2.5);
  await pressing(reader.thread().locator('[data-action-id=approve]'));
  await approve(reader);
  await frame(3.5);
  await world.advance(240);
  await reader.playAs('U0MARIA');
  await pressing(reader.thread().locator('[data-action-id=undo]'));
  await undo(reader);
  await modal.getByRole('radio', { name: 'Threat is gone' }).check();
  await toTop();
  await frame(1.5);
  await pressing(modal.locator('[data-modal=submit]'));
  await reader.submit('Threat is gone');
  await reader.thread().getByText('back and verified').last().waitFor();
  await frame(4);
  assemble(join(images, 'card-to-undo.gif'));
};

mkdirSync(images, { recursive: true });
const browser = await launch();
await during(browser, { width: 1180, height: 1000, scale: 2 }, cardAndPlan);
await during(browser, { width: 1680, height: 1250, scale: 2 }, approvalAndRefusal);
await during(browser, { width: 1680, height: 900, scale: 2 }, containedAndUndone);
await during(browser, { width: 1440, height: 1030, scale: 2 }, overview);
await during(browser, { width: 390, height: 844, scale: 2 }, (reader) => picture(reader, 'phone'));
await during(browser, { width: 1200, height: 800 }, recording);
await browser.close();

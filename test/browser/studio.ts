/** Takes pictures of the page for docs/images/: at desktop width and at a phone's, in few colours. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator } from 'playwright-core';
import type { CordonConfig } from '../../src/config/config.ts';
import { type Night, openNight } from './night.ts';
import { openReader, type Reader, type Window } from './reader.ts';

export const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
export const scratch = mkdtempSync(join(tmpdir(), 'cordon-pictures-'));

/** The page has few colours; a palette makes the files a third as large. */
export const fewColours = 'split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none';

/** Milliseconds after which the page has drawn what changed. */
export const settled = 300;

export const ffmpeg = (args: readonly string[]): void => {
  const { error, status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], {
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
};

/** The part of the window that all of these cover together, without what the pointer lights up. */
export const picture = async (
  reader: Reader,
  name: string,
  ...parts: readonly Locator[]
): Promise<void> => {
  await reader.page.mouse.move(0, 0);
  await reader.page.waitForTimeout(settled);
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
  mkdirSync(images, { recursive: true });
  ffmpeg(['-i', drawn, '-vf', fewColours, join(images, `${name}.png`)]);
};

/** One night, somebody at a desk who acts, and somebody with a phone who looks at the same. */
export interface Studio {
  readonly night: Night;
  readonly desk: Reader;
  readonly phone: Reader;
  /** NAME.png at the desk and NAME-narrow.png on the phone. */
  both(name: string, part: (reader: Reader) => Locator): Promise<void>;
  /** The modal that is open, the phone's window as high as what is in it. */
  modal(name: string): Promise<void>;
  /** Both are this person from now on, and look at the channel. */
  playAs(user: string): Promise<void>;
}

/** So high that a whole card, window or tab fits. */
const deskWindow: Window = { width: 1180, height: 2400, scale: 1.5 };
const phoneWindow: Window = { width: 390, height: 2400, scale: 1.5 };

/** Shows the part from its beginning, however long the list that it is in. */
const scrolled = (part: Locator): Promise<void> =>
  part.evaluate((node) => node.scrollIntoView({ block: 'start' }));

/** As high as what is in it, so that nothing is below its fold. */
export const unfolded = (part: Locator): Promise<void> =>
  part.evaluate((node) => {
    node.style.maxHeight = 'none';
    node.style.height = 'fit-content';
    node.style.flex = 'none';
  });

/** A phone's modal fills its window. */
const modalOfPhone = async (phone: Reader, name: string): Promise<void> => {
  const height = await phone
    .modal()
    .locator('.modal-body')
    .evaluate((body) =>
      [...body.children].reduce((sum, { clientHeight }) => sum + clientHeight, 0),
    );
  const around = 340;
  await phone.page.setViewportSize({ width: phoneWindow.width, height: height + around });
  await picture(phone, name, phone.modal());
  await phone.page.setViewportSize(phoneWindow);
};

export const inStudio = async (
  browser: Browser,
  draw: (studio: Studio) => Promise<void>,
  settings: Partial<CordonConfig> = {},
): Promise<void> => {
  const night = await openNight(settings);
  const desk = await openReader(browser, night.url, deskWindow);
  const phone = await openReader(browser, night.url, phoneWindow);
  await draw({
    night,
    desk,
    phone,
    async both(name, part) {
      await scrolled(part(desk));
      await scrolled(part(phone));
      await picture(desk, name, part(desk));
      await picture(phone, `${name}-narrow`, part(phone));
    },
    async modal(name) {
      await unfolded(desk.modal());
      await unfolded(desk.modal().locator('.modal-body'));
      await picture(desk, name, desk.modal());
      await modalOfPhone(phone, `${name}-narrow`);
    },
    async playAs(user) {
      await desk.playAs(user);
      await phone.playAs(user);
      await phone.page.locator('.tab[data-screen=chat]').click();
    },
  });
  await desk.page.context().close();
  await phone.page.context().close();
  await night.close();
};

/** One night and one window of this size. */
export const during = async (
  browser: Browser,
  size: Window,
  draw: (reader: Reader, night: Night) => Promise<void>,
): Promise<void> => {
  const night = await openNight();
  const reader = await openReader(browser, night.url, size);
  await draw(reader, night);
  await reader.page.context().close();
  await night.close();
};

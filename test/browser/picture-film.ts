/** The film at the top of the README: from card to undo, with a ring around what is pressed next. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { approve, ask, isolate, undo } from './deeds.ts';
import type { Night } from './night.ts';
import type { Reader } from './reader.ts';
import { fewColours, ffmpeg, images, scratch, settled } from './studio.ts';

/** What a viewer sees, and for how many seconds. */
type Film = (seconds: number) => Promise<void>;

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

export const recording = async (reader: Reader, { world }: Night): Promise<void> => {
  const { frame, pressing, assemble } = film(reader);
  const modal = reader.modal();
  const toTop = (): Promise<void> =>
    modal.locator('.modal-body').evaluate((body) => body.scrollTo(0, 0));
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

/** Draws docs/images/ again, with chromium and ffmpeg: `npm run pictures`, or `npm run pictures -- cards`. */
import type { Browser } from 'playwright-core';
import { config } from '../../cordon.config.ts';
import { launch } from './browser.ts';
import { approve, ask, undo } from './deeds.ts';
import type { Night } from './night.ts';
import { atTier3, choices, stepUp, veto, withVeto } from './picture-approvals.ts';
import { failure, lifeOfACase, refusal } from './picture-cards.ts';
import { evidence } from './picture-evidence.ts';
import { recording } from './picture-film.ts';
import { reviewed } from './picture-review.ts';
import { screens, stormy } from './picture-screens.ts';
import { inShadow, shadow } from './picture-shadow.ts';
import type { Reader } from './reader.ts';
import { during, inStudio, picture } from './studio.ts';

/** The thread beside the simulated account, before and after the undo. */
const besideTheAccount = async (reader: Reader, { world }: Night): Promise<void> => {
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

const overview = async (reader: Reader): Promise<void> => {
  await ask(reader);
  await reader.submit('Suspected attack');
  await reader.tab('aws');
  await approve(reader);
  await reader.thread().getByRole('button', { name: 'Close' }).click();
  await picture(reader, 'overview');
};

const series: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  cards: (browser) => inStudio(browser, lifeOfACase),
  evidence: (browser) => inStudio(browser, evidence, { evidence: config.evidence }),
  failure: (browser) => inStudio(browser, failure),
  refusal: (browser) => inStudio(browser, refusal),
  review: (browser) => inStudio(browser, reviewed),
  screens: (browser) => inStudio(browser, screens),
  shadow: (browser) => inStudio(browser, shadow, inShadow),
  storm: (browser) => inStudio(browser, stormy),
  choices: (browser) => inStudio(browser, choices),
  veto: (browser) => inStudio(browser, veto, withVeto),
  stepUp: (browser) => inStudio(browser, stepUp, atTier3),
  account: (browser) => during(browser, { width: 1680, height: 900, scale: 1.5 }, besideTheAccount),
  overview: (browser) => during(browser, { width: 1440, height: 1030, scale: 1.5 }, overview),
  film: (browser) => during(browser, { width: 1200, height: 800 }, recording),
};

const asked = process.argv.slice(2);
const browser = await launch();
for (const [name, draw] of Object.entries(series))
  if (asked.length === 0 || asked.includes(name)) await draw(browser);
await browser.close();

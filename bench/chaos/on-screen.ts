/** What Slack shows beside what is stored: drawn once more from the tables, and compared word by word. */
import { findingKey } from '../../src/cases/case.ts';
import { caseResources, toldFindings } from '../../src/cases/case-findings.ts';
import type { LocalWorld } from '../../src/local/local-world.ts';
import { desiredMessages } from '../../src/slack/cards/messages.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { memberRoles } from '../../src/store/member-roles.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import type { ShownMessage } from '../../src/store/shown.ts';
import { wordsIn } from '../../test/stories/screen.ts';
import type { Scene } from './scene.ts';

/** A card names the moment of its post, which is known only after it is drawn. */
const timeless = (words: string): string => words.replaceAll(/<!date\^\d+\^[^>]*>/g, '(a time)');

/** As much of two texts as it takes to see how they differ. */
const difference = (is: string, should: string): string => {
  const same = [...should].findIndex((letter, at) => letter !== is[at]);
  const from = Math.max(0, (same === -1 ? should.length : same) - 20);
  return `“${is.slice(from, from + 80)}” and not “${should.slice(from, from + 80)}”`;
};

const wordsAt = (world: LocalWorld, channel: string, shown: ShownMessage): string =>
  wordsIn(world.slack.message(shown.channel ?? channel, shown.ts)?.blocks ?? []);

/** A thread tells news another time when there is a storm, and people are written to by themselves. */
const isHere = ({ key, to }: { readonly key: string; readonly to?: string }): boolean =>
  to === undefined && !key.startsWith('news:');

const wrongIn = async ({ world }: Pick<Scene, 'world'>, id: string): Promise<readonly string[]> => {
  const { config, owners } = world;
  const cases = casesTable(owners.cases);
  const theCase = await cases.get(id);
  if (!theCase) return [`${id} is on a card, and there is no such case`];
  const accounts = caseResources(theCase).map(({ account }) => account);
  const [shown, counted, roles, requests] = await Promise.all([
    cases.shown(id),
    cases.counted(id),
    memberRoles(owners.cases).of([...accounts, config.securityAccount]),
    Promise.all(theCase.requests.map((one) => requestsTable(owners.requests).get(one))),
  ]);
  const told = toldFindings(theCase).map(({ finding }) => findingKey(finding.canonicalId));
  const desired = desiredMessages({
    theCase,
    requests: requests.filter((one) => one !== undefined),
    config,
    roles,
    // What is told is counted, also where its delivery died for good before it was recorded.
    counted: new Set([...counted, ...told]).size,
    postedAt: Math.floor(Number(shown.messages['card']?.ts ?? 0) * 1000),
  });
  return desired.filter(isHere).flatMap(({ key, blocks }) => {
    const place = shown.messages[key];
    if (!place) return [`${id}/${key} is not shown`];
    const is = timeless(wordsAt(world, theCase.channel, place));
    const should = timeless(wordsIn(blocks));
    return is === should ? [] : [`${id}/${key} says ${difference(is, should)}`];
  });
};

/** Every message that is not as it should be, of every case that has a card. */
export const wrongOnScreen = async (scene: Scene): Promise<readonly string[]> => {
  const ids = new Set(scene.screen.cards().map((card) => scene.screen.caseIdOn(card)));
  const wrong = await Promise.all([...ids].filter(Boolean).map((id) => wrongIn(scene, id)));
  return wrong.flat();
};

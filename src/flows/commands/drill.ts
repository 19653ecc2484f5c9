/**
 * `/cordon drill`: the scenarios; with the name of one, a drill of it begins. People and groups that are
 * named behind it are asked in its thread to take part.
 */
import { scenarioById, scenarios } from '../../drills/index.ts';
import { authorise } from '../../requests/authority.ts';
import { actorOf, personOf } from '../../requests/person.ts';
import { namedIn } from '../../slack/as-typed.ts';
import { type Click, refuseClick } from '../click.ts';
import { startDrill } from '../drill/start-drill.ts';
import type { WorkerPorts } from '../ports.ts';
import { type Answer, type Command, pageOf } from './command.ts';

/** More people than this are a crowd. */
const mostPeople = 20;

const list = (page: number, unknown?: string): Answer => {
  const { shown, hasNext } = pageOf(scenarios, page);
  return {
    title: unknown ? 'Cordon does not know that scenario' : 'What would you like to rehearse?',
    lines: [
      'A drill is a case like any other, with plans, approvals and undo, and nothing of it reaches AWS.',
      'Start one with /cordon drill SCENARIO, and name people behind it with @.',
    ],
    entries: shown.map(({ id, title, story }) => ({ lines: [`${id}: ${title}`, story] })),
    hasNext,
  };
};

/** Why this person can take no part; undefined when they can. */
const problemWith = async (
  ports: WorkerPorts,
  click: Click,
  user: string,
): Promise<string | undefined> => {
  const person = personOf(ports.config.identities, click.person.team, user);
  const standing = await ports.directory.standing(person);
  const authority = authorise(person, 'look', standing, ports.config);
  if (authority.kind === 'allowed') return undefined;
  const name = standing.kind === 'known' ? standing.name : user;
  return `${name}: ${authority.code}`;
};

/** A group that the configuration gives a role is one that people are looked up in anyway. */
const groupProblem = ({ config }: WorkerPorts, group: string): string | undefined =>
  [...config.responders.groups, ...config.approvers.groups].includes(group)
    ? undefined
    : `${group}: no group of responders or approvers`;

const problemsOf = async (
  ports: WorkerPorts,
  click: Click,
  words: readonly string[],
): Promise<readonly string[]> => {
  const found = await Promise.all(
    words.map((word) => {
      const id = namedIn(word);
      if (!id) return `${word}: choose people from the list that Slack offers behind @`;
      return id.startsWith('S') ? groupProblem(ports, id) : problemWith(ports, click, id);
    }),
  );
  return found.filter((problem) => problem !== undefined);
};

export const drill: Command = {
  name: 'drill',
  uses: ['drill', 'drill SCENARIO', 'drill SCENARIO @PERSON …'],
  summary: 'the scenarios; begins a drill, in which nothing reaches AWS',
  needs: 'responder',
  async answer(ports, { click, words: [id, ...named], page }) {
    const scenario = id === undefined ? undefined : scenarioById(id.toLowerCase());
    if (!scenario) return list(page, id);
    const problems =
      named.length > mostPeople
        ? [`${named.length} people are too many for one drill: at most ${mostPeople}`]
        : await problemsOf(ports, click, named);
    if (problems.length > 0) {
      await refuseClick(ports, click, {
        code: 'cannot-take-part',
        because: `Not everybody who was named can take part: ${problems.join('; ')}.`,
        needed: 'responders, approvers or viewers of this workspace, chosen from Slack’s own list',
      });
      return 'told';
    }
    const people = [...new Set(named.flatMap((word) => namedIn(word) ?? []))];
    const started = await startDrill(ports, {
      scenario,
      seed: click.digest,
      by: { user: click.person.user, actor: actorOf(click.person) },
      people,
    });
    if (started.kind === 'refused') {
      await refuseClick(ports, click, { code: 'no-drill', ...started });
      return 'told';
    }
    return {
      title: `The drill begins: ${scenario.title}`,
      lines: [
        `Its card is case ${started.drill.case}. Work on it as if it were real: nothing of it reaches AWS.`,
        `It ends when it is resolved, at the latest after ${ports.config.drills.minutes} minutes; then its thread tells the score.`,
      ],
    };
  },
};

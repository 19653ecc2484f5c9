/** What people write under a card becomes part of the record: bounded, untrusted, by whom and when. */
import type { Case } from '../../cases/case.ts';
import { untrusted } from '../../findings/finding.ts';
import { standingRefusal } from '../../requests/authority.ts';
import { actorOf } from '../../requests/person.ts';
import { type Click, refuseClick } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { goesOnIn } from './goes-on.ts';

export interface Said {
  readonly channel: string;
  readonly ts: string;
  /** The message that heads the thread. */
  readonly threadTs: string;
  readonly text: string;
}

/** More than this of one message is kept nowhere but in Slack. */
const longestKept = 3000;
/** The case of this thread, or the one in which it goes on. */
const caseOf = async (ports: WorkerPorts, said: Said): Promise<Case | undefined> => {
  const id = await ports.cases.caseOfThread({ channel: said.channel, ts: said.threadTs });
  return id ? goesOnIn(ports.cases, id) : undefined;
};

/** Words decide nothing, so every member may add some; answers the case that has them now. */
export const comment = async (
  ports: WorkerPorts,
  click: Click,
  said: Said,
): Promise<Case | undefined> => {
  const theCase = await caseOf(ports, said);
  if (!theCase || said.text.trim() === '') return undefined;
  const standing = await ports.directory.standing(click.person);
  const refusal = standingRefusal(click.person, standing, ports.config);
  if (refusal?.kind === 'refused') {
    await refuseClick(ports, click, refusal, { case: theCase.id });
    return undefined;
  }
  const seconds = Number(said.ts);
  const after = await tellCase(ports, theCase.id, {
    kind: 'comment',
    comment: {
      id: said.ts,
      at: new Date(Math.floor(seconds * 1000)).toISOString(),
      by: click.person.user,
      text: untrusted(said.text.length > longestKept ? said.text.slice(0, longestKept) : said.text),
    },
    actor: actorOf(click.person),
  });
  return after;
};

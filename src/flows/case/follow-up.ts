/** What a case leaves to be done: added with an owner and a day, closed, opened again. */
import { standingRefusal } from '../../requests/authority.ts';
import { actorOf, personOf } from '../../requests/person.ts';
import {
  addFollowUp,
  type FollowUp,
  followUpIdOf,
  isDay,
  turnFollowUp,
} from '../../reviews/follow-up.ts';
import type { Reference } from '../../slack/controls.ts';
import { followUpView } from '../../slack/modals/case-forms.ts';
import { allowed, answer, type Click, refuseClick, show } from '../click.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { caseFor, type Named, targetOfCase } from './case-for.ts';

const wanted = { state: 'any', quietens: false } as const;
const proposedMs = 14 * 86_400_000;

export const offerFollowUp = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const due = isoIn(ports.chance, proposedMs).slice(0, 10);
  await show(ports, click, followUpView(theCase, click.person.user, due));
};

/** The owner need not be a responder: whoever mends a template often is none. But they must be one of us. */
const ownerRefusal = async (ports: WorkerPorts, click: Click, owner: string) => {
  if (!/^[UW][A-Z0-9]{2,30}$/.test(owner))
    return { code: 'owner', because: 'A follow-up needs an owner.', needed: 'one person' };
  const person = personOf(ports.config.identities, click.person.team, owner);
  const standing = await ports.directory.standing(person);
  if (!standingRefusal(person, standing, ports.config)) return undefined;
  return {
    code: 'owner',
    because:
      standing.kind === 'unknown'
        ? 'Slack could not tell who they are.'
        : 'They cannot have a follow-up: they are no full member of this workspace.',
    needed: 'a full member of the workspace; where Slack did not answer, the same once more',
    who: owner,
  };
};

export const submitFollowUp = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  said: { readonly text: string; readonly owner: string; readonly due: string },
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const about = { case: theCase.id };
  if (said.text.trim() === '' || !isDay(said.due))
    return refuseClick(
      ports,
      click,
      {
        code: 'follow-up',
        because: 'A follow-up needs what is to be done and a day.',
        needed: 'a sentence, and a day of the calendar',
      },
      about,
    );
  const refused = await ownerRefusal(ports, click, said.owner);
  if (refused) return refuseClick(ports, click, refused, about);
  const followUp = await ports.followUps.add(
    addFollowUp(
      {
        id: followUpIdOf(click.digest),
        caseId: theCase.id,
        text: said.text.trim(),
        owner: said.owner,
        due: said.due,
        token: ports.chance.id(),
      },
      { actor: actorOf(click.person), by: click.person.user, at: isoNow(ports.chance) },
    ),
  );
  await answer(ports, click, {
    title: 'Added',
    lines: [
      followUp.text,
      `Due ${followUp.due}. /cordon followups lists it; it is in the digest until it is done.`,
    ],
    who: followUp.owner,
  });
};

/** Losing more races than that for one follow-up means that something is broken. */
const attempts = 10;

const turned = async (
  ports: WorkerPorts,
  click: Click,
  { id, to }: { readonly id: string; readonly to: FollowUp['state'] },
): Promise<FollowUp | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await ports.followUps.get(id);
    if (!current) return undefined;
    const next = turnFollowUp(current, to, {
      actor: actorOf(click.person),
      by: click.person.user,
      at: isoNow(ports.chance),
    });
    if (!next) return current;
    if (await ports.followUps.save(next, current.version)) return next;
  }
  throw new Error(`follow-up ${id} could not be written: ${attempts} races lost`);
};

/** Whoever owns it needs no role, only to be one of us; everybody else has to be a responder for its case. */
const mayTurn = async (
  ports: WorkerPorts,
  click: Click,
  current: FollowUp | undefined,
): Promise<boolean> => {
  const about = current ? { case: current.caseId } : {};
  if (current?.owner === click.person.user) {
    const standing = await ports.directory.standing(click.person);
    const refused = standingRefusal(click.person, standing, ports.config);
    if (refused?.kind === 'refused') await refuseClick(ports, click, refused, about);
    return !refused;
  }
  const theCase = current && (await ports.cases.get(current.caseId));
  const target = theCase ? targetOfCase(theCase) : undefined;
  return (await allowed(ports, click, 'respond', about, target)) !== undefined;
};

/** Its owner may close it, and so may whoever may respond. */
export const closeFollowUp = async (
  ports: WorkerPorts,
  click: Click,
  { id, token }: Reference,
  to: FollowUp['state'],
): Promise<void> => {
  const current = await ports.followUps.get(id);
  if (!(await mayTurn(ports, click, current))) return;
  if (current?.token !== token)
    return refuseClick(ports, click, {
      code: 'old-list',
      because: 'There is no such follow-up.',
      needed: '`/cordon followups`',
    });
  const after = await turned(ports, click, { id, to });
  await answer(ports, click, {
    title: to === 'done' ? 'Done' : 'Open again',
    lines: [
      current.text,
      ...(after?.done && to === 'done' ? [`Closed ${after.done.at.slice(0, 10)}.`] : []),
      'The record has it; /cordon followups lists all.',
    ],
  });
};

/**
 * "Was this you?" A yes is a remark and lowers the case a little; it closes and hides nothing, because
 * whoever holds the credentials may hold the Slack account too. A no makes it worse.
 */
import { caseFindings } from '../../cases/case-findings.ts';
import { afterAnswer } from '../../cases/ownership.ts';
import { untrusted } from '../../findings/finding.ts';
import { standingRefusal } from '../../requests/authority.ts';
import { type Behind, peopleBehind } from '../../requests/behind.ts';
import { actorOf } from '../../requests/person.ts';
import { answer, type Click, refuseClick } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

/** Somebody who can be asked in Slack. */
const reachable = ({ identity }: Behind): boolean => identity.slack.length > 0;

export const askOwner = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'active', quietens: false });
  if (!theCase) return;
  const about = { case: theCase.id };
  const behind = peopleBehind(ports.config.identities, caseFindings(theCase)).find(reachable);
  const user = behind?.identity.slack[0];
  if (!behind || !user)
    return refuseClick(
      ports,
      click,
      {
        code: 'nobody-known',
        because: 'Nobody is known to be behind the principals of this case.',
        needed: '`aws` of their identity in cordon.config.ts',
      },
      about,
    );
  if (theCase.asked && !theCase.asked.answer)
    return refuseClick(
      ports,
      click,
      {
        code: 'already-asked',
        because: 'They were asked and have not answered yet.',
        needed: 'their answer; it will be in the thread',
        who: theCase.asked.user,
      },
      about,
    );
  await tellCase(ports, theCase.id, {
    kind: 'ask',
    asked: { user, principal: untrusted(behind.principal), token: ports.chance.id() },
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Asked',
    lines: ['They get a direct message. Their answer will be in the thread.'],
    who: user,
  });
};

/** Only they can answer, once; the buttons carry a token of their own. */
export const answerOwner = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  yes: boolean,
): Promise<void> => {
  const theCase = await ports.cases.get(named.caseId);
  const about = { case: named.caseId };
  const { asked } = theCase ?? {};
  const standing = await ports.directory.standing(click.person);
  const refusal = standingRefusal(click.person, standing, ports.config);
  if (refusal?.kind === 'refused') return refuseClick(ports, click, refusal, about);
  if (!theCase || !asked || asked.token !== named.token)
    return refuseClick(
      ports,
      click,
      {
        code: 'old-card',
        because: 'This question is not asked any more.',
        needed: 'nothing',
      },
      about,
    );
  const identity = ports.config.identities.find(({ slack }) => slack.includes(asked.user));
  if (asked.user !== click.person.user && !identity?.slack.includes(click.person.user))
    return refuseClick(
      ports,
      click,
      {
        code: 'not-you',
        because: 'Somebody else was asked.',
        needed: 'their own answer',
        who: asked.user,
      },
      about,
    );
  if (asked.answer)
    return refuseClick(
      ports,
      click,
      {
        code: 'already-answered',
        because: `You have answered: it was ${asked.answer.yes ? '' : 'not '}you.`,
        needed: 'a responder, if that was wrong: write in the thread of the case',
      },
      about,
    );
  await tellCase(ports, theCase.id, {
    kind: 'answer',
    yes,
    severity: afterAnswer(theCase, yes),
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
};

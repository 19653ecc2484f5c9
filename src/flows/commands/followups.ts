/** `/cordon followups [CASE]`: what reviews left to be done, with the button that closes it. */
import { standingRefusal } from '../../requests/authority.ts';
import type { FollowUp } from '../../reviews/follow-up.ts';
import { authorityOf, type Click, refuseClick } from '../click.ts';
import { followUpEntry } from '../looking/follow-ups.ts';
import { openFollowUps } from '../looking/work-at-hand.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { type Command, pageOf } from './command.ts';

/** Whoever has a role sees all; whoever only has a follow-up sees theirs. Undefined when they were refused. */
const whose = async (
  ports: WorkerPorts,
  click: Click,
): Promise<((one: FollowUp) => boolean) | undefined> => {
  const { person } = click;
  const look = await authorityOf(ports, person, 'look');
  if (look.kind === 'allowed') return () => true;
  const standing = await ports.directory.standing(person);
  const refused = standingRefusal(person, standing, ports.config);
  if (refused?.kind !== 'refused') return ({ owner }) => owner === person.user;
  await refuseClick(ports, click, refused);
  return undefined;
};

export const followups: Command = {
  name: 'followups',
  uses: ['followups', 'followups CASE'],
  summary: 'what reviews left to be done, by its day; of one case also what is done',
  needs: 'nothing',
  who: 'responders and approvers; everybody for their own',
  async answer(ports, { click, words: [id, ...more], page }) {
    if (more.length > 0) return 'usage';
    const isSeen = await whose(ports, click);
    if (!isSeen) return 'told';
    const found = id ? await ports.followUps.ofCase(id.toUpperCase()) : await openFollowUps(ports);
    const all = found.filter(isSeen);
    const { shown, hasNext } = pageOf(all, page);
    return {
      title: id ? `Follow-ups of case ${id.toUpperCase()}` : 'Open follow-ups',
      lines:
        all.length === 0
          ? ['None. The message about a review in a case’s thread has the button that adds one.']
          : [],
      entries: shown.map((one) => followUpEntry(one, isoNow(ports.chance))),
      hasNext,
    };
  },
};

/** `/cordon` alone: what applies to the person now. */
import { caseEntry, requestEntry } from '../looking/entries.ts';
import { onCallNow } from '../looking/on-call.ts';
import { atHandOf } from '../looking/work-at-hand.ts';
import { type Command, pageOf } from './command.ts';

export const now: Command = {
  name: '',
  uses: [''],
  summary: 'what waits for you: approvals, your cases, whether you are on call',
  needs: 'responder or approver',
  async answer(ports, { click: { person }, page }) {
    const [{ approvals, cases, open }, onCall] = await Promise.all([
      atHandOf(ports, person),
      onCallNow(ports),
    ]);
    const at = { config: ports.config, now: ports.chance.now() };
    const entries = [
      ...approvals.map((request) => requestEntry(request, at)),
      ...cases.map((theCase) => caseEntry(theCase, at)),
    ];
    const { shown, hasNext } = pageOf(entries, page);
    return {
      title: entries.length === 0 ? 'Nothing waits for you' : 'What waits for you',
      lines: [
        `Approvals that you may give: ${approvals.length}. Your open cases: ${cases.length}, of ${open.length} open.`,
        onCall.users.includes(person.user) ? 'You are on call.' : 'You are not on call.',
        '/cordon help lists what else you can ask.',
      ],
      entries: shown,
      hasNext,
    };
  },
};

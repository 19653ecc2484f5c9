/** `/cordon cases`: what is open, the worst first. */
import { caseEntry } from '../looking/entries.ts';
import { casesOf, openCaseIds } from '../looking/work-at-hand.ts';
import { type Command, pageOf } from './command.ts';

export const cases: Command = {
  name: 'cases',
  uses: ['cases'],
  summary: 'the open cases, the worst first',
  needs: 'responder or approver',
  async answer(ports, { words, page }) {
    if (words.length > 0) return 'usage';
    const ids = await openCaseIds(ports);
    const { shown, hasNext } = pageOf(ids, page);
    const at = { config: ports.config, now: ports.chance.now() };
    return {
      title: ids.length === 0 ? 'No case is open' : `Open cases: ${ids.length}`,
      lines: [],
      entries: (await casesOf(ports, shown)).map((theCase) => caseEntry(theCase, at)),
      hasNext,
    };
  },
};

/** `/cordon case ID`: one case, with what was asked for. */
import { caseNotice } from '../looking/show-case.ts';
import type { Command } from './command.ts';

export const oneCase: Command = {
  name: 'case',
  uses: ['case ID'],
  summary: 'one case: what is known, how it stands, what was asked for',
  needs: 'responder or approver',
  async answer(ports, { words: [id, ...more] }) {
    if (!id || more.length > 0) return 'usage';
    const theCase = await ports.cases.get(id.toUpperCase());
    return theCase
      ? caseNotice(ports, theCase)
      : {
          title: 'There is no such case',
          lines: [
            'Its id stands under every card, in the line that begins with “Case”.',
            '/cordon cases lists what is open, /cordon find looks for what a case is about.',
          ],
        };
  },
};

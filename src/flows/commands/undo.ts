/** `/cordon undo REQUEST`: the button that opens the plan of its undo. */
import { canUndo } from '../../requests/request.ts';
import { requestEntry } from '../looking/entries.ts';
import type { Command } from './command.ts';

export const undo: Command = {
  name: 'undo',
  uses: ['undo REQUEST'],
  summary: 'undo one containment: shows it with the button that opens the plan',
  needs: 'responder or approver',
  async answer(ports, { words: [id, ...more] }) {
    if (!id || more.length > 0) return 'usage';
    const request = await ports.requests.get(id.toUpperCase());
    if (!request)
      return {
        title: 'There is no such request',
        lines: ['/cordon contained lists what can be undone, with its id.'],
      };
    const entry = requestEntry(request, { config: ports.config, now: ports.chance.now() });
    return {
      title: canUndo(request) ? 'Press Undo to read its plan' : 'There is nothing to undo',
      lines: canUndo(request) ? [] : ['Only what is in force in AWS can be undone.'],
      entries: [entry],
    };
  },
};

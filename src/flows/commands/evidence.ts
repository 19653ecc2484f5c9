/** `/cordon evidence CASE`: gathers what can be known about a case, for its thread and for later. */
import { targetOfCase } from '../case/case-for.ts';
import { allowed } from '../click.ts';
import type { Command } from './command.ts';

export const evidence: Command = {
  name: 'evidence',
  uses: ['evidence CASE'],
  summary: 'gather evidence about a case: who, what they did, what changed, related cases',
  needs: 'responder',
  async answer(ports, { click, words: [id, ...more] }) {
    if (!id || more.length > 0) return 'usage';
    const theCase = await ports.cases.get(id.toUpperCase());
    if (!theCase)
      return {
        title: 'There is no such case',
        lines: [
          'Its id stands under every card, in the line that begins with “Case”.',
          '/cordon cases lists what is open, /cordon find looks for what a case is about.',
        ],
      };
    if (!(await allowed(ports, click, 'respond', { case: theCase.id }, targetOfCase(theCase))))
      return 'told';
    if (theCase.merged)
      return {
        title: 'This case goes on in another one',
        lines: [`Ask for it there: /cordon evidence ${theCase.merged.into}`],
      };
    const { askForEvidence } = await import('../evidence/ask.ts');
    await askForEvidence(ports, click, theCase);
    return 'told';
  },
};

/** `/cordon metrics [MONTH]`: a month's closed cases in figures, from one small item a case. */
import { monthFacts } from '../../reviews/ended-case.ts';
import { monthOf } from '../../store/ended-cases.ts';
import { targetsOf } from '../looking/targets.ts';
import { isoNow } from '../ports.ts';
import type { Command } from './command.ts';

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export const metrics: Command = {
  name: 'metrics',
  uses: ['metrics', 'metrics 2026-11'],
  summary:
    'the closed cases that were opened in a month: times against their targets, severities, false positives by rule, agreement of automation in shadow',
  needs: 'responder or approver',
  async answer(ports, { words: [wanted, ...more] }) {
    if (more.length > 0 || (wanted && !isMonth(wanted))) return 'usage';
    const { monthBlocks } = await import('../../slack/review/month.ts');
    const month = wanted ?? monthOf(isoNow(ports.chance));
    const within = targetsOf(ports.config);
    const facts = monthFacts(await ports.endedCases.ofMonth(month), within);
    return {
      title: `The cases of ${month}`,
      lines: [
        facts.cases === 0
          ? 'No case that was opened in it is closed yet, or it is before Cordon counted months.'
          : 'Opened in this month and closed since, each as it was closed last; one that is open again is not counted.',
      ],
      ...(facts.cases === 0 ? {} : { body: monthBlocks(facts, within) }),
    };
  },
};

/** `/cordon balance`: what arrived and where all of it is, and why the rest was ignored. */
import { union } from '../../cases/arrivals.ts';
import { balanceBetween, balanceInWords } from '../looking/delivery.ts';
import { isoIn, isoNow } from '../ports.ts';
import { type Command, pageOf } from './command.ts';

const hourMs = 3_600_000;
const usualHours = 24;
/** A week: it costs what arrived in that time. */
const mostHours = 168;

const hoursOf = (word: string | undefined): number | undefined => {
  if (word === undefined) return usualHours;
  const hours = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  return hours >= 1 && hours <= mostHours ? hours : undefined;
};

export const balance: Command = {
  name: 'balance',
  uses: ['balance', 'balance HOURS'],
  summary: 'what arrived in the last 24 hours (at most 168) and where all of it is',
  needs: 'responder or approver',
  async answer(ports, { words: [word, ...more], page }) {
    const hours = hoursOf(word);
    if (hours === undefined || more.length > 0) return 'usage';
    const [from, to] = [isoIn(ports.chance, -hours * hourMs), isoNow(ports.chance)];
    const [found, outcomes] = await Promise.all([
      balanceBetween(ports, from, to),
      ports.cases.arrivals.outcomes(from, to),
    ]);
    const reasons = [...new Set(outcomes.flatMap(({ ignored }) => Object.keys(ignored)))]
      .map((because) => ({
        because,
        count: union(outcomes.map(({ ignored }) => ignored[because] ?? [])).size,
      }))
      .sort((a, b) => b.count - a.count || a.because.localeCompare(b.because));
    const { shown, hasNext } = pageOf(reasons, page);
    return {
      title: `The last ${hours} hours`,
      lines: [
        balanceInWords(found),
        ...(found.waiting > 0 ? ['What waits is shown as soon as Slack takes it.'] : []),
        ...(found.undecided > 0
          ? ['What is with the queue comes again by itself; `cordon doctor` names dead letters.']
          : []),
      ],
      entries: shown.map(({ because, count }) => ({ lines: [`${count} ignored: ${because}`] })),
      hasNext,
    };
  },
};

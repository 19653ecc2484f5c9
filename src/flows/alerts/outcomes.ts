/** What became of a batch, as the sets that are counted. Pure. */
import type { Outcomes } from '../../cases/arrivals.ts';
import type { Handled } from './handle-events.ts';

type Lists = Record<string, string[]>;

const add = (lists: Lists, key: string, id: string): void => {
  const list = lists[key] ?? [];
  lists[key] = list.includes(id) ? list : [...list, id];
};

/** Rules' titles are cut: the digest names them, and no item may grow without end. */
const titleLength = 60;

/** Failed ones are left out: they are still on the queue, or with the dead letters. */
export const outcomesOf = (
  named: { readonly at: string; readonly batch: string },
  handled: readonly Handled[],
): Outcomes => {
  const cases: Record<string, Lists> = {};
  const suppressed: Lists = {};
  const ignored: Lists = {};
  const digest: Record<string, Outcomes['digest'][string]> = {};
  for (const one of handled)
    switch (one.kind) {
      case 'case':
        cases[one.channel] ??= {};
        add(cases[one.channel] ?? {}, one.case, one.id);
        break;
      case 'suppressed':
        add(suppressed, one.by, one.id);
        break;
      case 'ignored':
        add(ignored, one.because, one.id);
        break;
      case 'digest': {
        const title = one.title.slice(0, titleLength);
        const key = `${one.rule}/${one.severity}/${title}`;
        const ids = digest[key]?.ids ?? [];
        digest[key] = {
          title,
          severity: one.severity,
          ids: ids.includes(one.id) ? ids : [...ids, one.id],
        };
        break;
      }
      case 'failed':
        break;
      default:
        one satisfies never;
    }
  return { ...named, cases, suppressed, digest, ignored };
};

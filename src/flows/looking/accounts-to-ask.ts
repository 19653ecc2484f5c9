/**
 * In which accounts a word is looked for: the one that is named, else those of the cases about it, else
 * all of a small organisation. One session of the read role for each.
 */
import type { Aws } from '../../actions/aws.ts';
import { searchable } from '../../cases/about.ts';
import type { Case } from '../../cases/case.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import { unknownTo } from '../../config/responds.ts';
import type { Drill } from '../../drills/drill.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import type { Click } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { casesOf } from './work-at-hand.ts';

/** Without a hint so many accounts are asked; with more, the account has to be named. */
const mostAccounts = 8;

type ToAsk =
  | {
      readonly kind: 'ask';
      /** Account ids. */
      readonly accounts: readonly string[];
      /** The newest about the word. */
      readonly cases: readonly Case[];
    }
  | { readonly kind: 'cannot'; readonly notice: Notice };

/** `again`: what to type with ACCOUNT, where it has to be named. */
export const accountsToAsk = async (
  ports: WorkerPorts,
  {
    word,
    named,
    again,
  }: { readonly word: string; readonly named?: string; readonly again: string },
): Promise<ToAsk> => {
  const known = Object.keys(ports.config.accounts);
  if (named && !known.includes(named))
    return {
      kind: 'cannot',
      notice: {
        title: 'Cordon does not know that account',
        lines: [`${named} is ${unknownTo(ports.config)}, so it cannot be read.`],
      },
    };
  const cases = await casesOf(ports, await ports.about.find(searchable(word), 10));
  const seen = [...new Set(cases.map((theCase) => leadFinding(theCase).account))];
  const hinted = named ? [named] : seen.filter((id) => known.includes(id));
  if (hinted.length === 0 && known.length > mostAccounts)
    return {
      kind: 'cannot',
      notice: { title: 'In which account?', lines: [`No case names it. ${again}`] },
    };
  return { kind: 'ask', accounts: hinted.length > 0 ? hinted : known, cases };
};

/** `prod-payments (123456789012)`. */
export const accountInWords = ({ config }: Pick<WorkerPorts, 'config'>, account: string): string =>
  `${config.accounts[account]?.name ?? account} (${account})`;

/** The read role there, as the person who asks; of a drill its own AWS. Throws STS's error where it cannot be assumed. */
export const readAs = (
  ports: Pick<WorkerPorts, 'aws' | 'config'>,
  click: Click,
  at: { readonly account: string; readonly region?: string },
  drill?: Drill,
): Promise<Aws> =>
  ports.aws.as({
    role: 'read',
    drill,
    account: at.account,
    region: at.region ?? ports.config.homeRegion,
    requestId: click.digest.slice(0, 32),
    sourceIdentity: click.person.id,
  });

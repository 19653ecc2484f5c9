/** Where to read on: AWS's consoles and the rule's runbook, in one line of links that we built. */
import type { Case } from '../../cases/case.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import { consoleLinks } from '../../findings/console-links.ts';
import { link, type MrkdwnText, mrkdwn } from '../mrkdwn.ts';

/** A runbook is the rule author's; still nothing but a plain https address is drawn. */
const runbookOf = ({ decision: { runbook } }: Case): readonly (readonly [string, string])[] => {
  const url = runbook && URL.canParse(runbook) ? new URL(runbook) : undefined;
  return url?.protocol === 'https:' && url.username === '' ? [['Runbook', url.href]] : [];
};

/** Undefined when there is nothing to link to. */
export const caseLinks = (theCase: Case): MrkdwnText | undefined => {
  const links = [
    ...consoleLinks(leadFinding(theCase)).map(({ label, url }) => [label, url] as const),
    ...runbookOf(theCase),
  ];
  return links.length === 0
    ? undefined
    : links.reduce(
        (text, [label, url], place) =>
          mrkdwn`${text}${place > 0 ? mrkdwn` · ` : mrkdwn`Open: `}${link(url, label)}`,
        mrkdwn``,
      );
};

/** The review of one case as Markdown, from what the tables hold: for the command line and the local world. */
import type { CordonConfig } from '../config/config.ts';
import { readRecord } from '../flows/review/read-record.ts';
import { reviewMarkdown } from '../slack/review/markdown.ts';
import { reviewSections } from '../slack/review/sections.ts';
import { auditIndex } from '../store/audit-index.ts';
import { casesTable } from '../store/cases-table.ts';
import { followUps } from '../store/follow-ups.ts';
import { requestsTable } from '../store/requests-table.ts';
import type { Table } from '../store/table.ts';

/** `now`: milliseconds since 1970. Undefined when there is no such case. */
export const reviewText = async (
  stored: { readonly cases: Table; readonly requests: Table },
  {
    config,
    caseId,
    now,
  }: { readonly config: CordonConfig; readonly caseId: string; readonly now: number },
): Promise<string | undefined> => {
  const theCase = await casesTable(stored.cases).get(caseId);
  if (!theCase) return undefined;
  const record = await readRecord(
    {
      config,
      requests: requestsTable(stored.requests),
      auditIndex: auditIndex(stored.requests),
      followUps: followUps(stored.cases),
      chance: { now: () => now, id: () => '' },
    },
    theCase,
  );
  return reviewMarkdown(theCase.id, reviewSections(record));
};

/** Where a case goes on that was merged. */
import type { Case } from '../../cases/case.ts';
import type { CasesTable } from '../../store/cases-table.ts';

/** More cases than that merged into each other means that something is broken. */
const mostMerges = 10;

/** The case itself, or the one in which it goes on; undefined where it is not stored. */
export const goesOnIn = async (
  cases: Pick<CasesTable, 'get'>,
  id: string,
): Promise<Case | undefined> => {
  let theCase = await cases.get(id);
  for (let merges = 0; theCase?.merged && merges < mostMerges; merges += 1)
    theCase = await cases.get(theCase.merged.into);
  return theCase;
};

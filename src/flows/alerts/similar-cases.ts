/** Earlier cases like one that is being opened, with what came of them: one query and a few reads by key. */
import type { Case } from '../../cases/case.ts';
import { likenessOf, type Similar, similarRead, similarTo } from '../../cases/similar.ts';
import type { Ports } from '../ports.ts';

export const similarCases = async (
  ports: Pick<Ports, 'about' | 'cases'>,
  theCase: Case,
): Promise<readonly Similar[]> => {
  const ids = await ports.about.find(likenessOf(theCase), similarRead);
  const found = await Promise.all(ids.map((id) => ports.cases.get(id)));
  return similarTo(
    theCase,
    found.filter((one) => one !== undefined),
  );
};

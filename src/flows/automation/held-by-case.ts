/** What a case itself says against running anything by itself: samples, and what carries the exempt tag. */
import type { Case } from '../../cases/case.ts';
import { caseFindings, caseResources } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import { type Held, held } from '../../requests/automation.ts';

export const heldByCase = (
  { exemptTag }: Pick<CordonConfig, 'exemptTag'>,
  theCase: Case,
): Held | undefined => {
  if (caseFindings(theCase).some(({ sample }) => sample))
    return held(
      'sample',
      'It is about a sample finding, and those never run anything by themselves.',
    );
  const exempt = caseResources(theCase).find(({ tags = {} }) => Object.hasOwn(tags, exemptTag));
  return exempt && held('exempt', `${exempt.id} carries the tag ${exemptTag}.`);
};

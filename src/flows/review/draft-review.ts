/**
 * The review of a case, drafted once for each wish: the first as a canvas, which people have from then on,
 * a later one in the thread. A canvas is claimed before it is made. Slack has no way to look for one that
 * was made without its answer arriving, so then none is made again, and the thread says so.
 */
import type { Case } from '../../cases/case.ts';
import type { CaseReview, ReviewSection } from '../../cases/case-review.ts';
import type { ReviewRecord } from '../../reviews/record.ts';
import { redactedText } from '../../slack/redact.ts';
import { forThread } from '../../slack/review/for-thread.ts';
import { reviewMarkdown } from '../../slack/review/markdown.ts';
import { reviewSections } from '../../slack/review/sections.ts';
import { unparsed } from '../../slack/text.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';

/** A claim that is older was left by a worker that died: a function lives a minute. */
const claimMs = 120_000;

/** What is kept of a draft; undefined when it is to be tried again. */
type Drafted = Pick<CaseReview, 'canvas' | 'because'> | undefined;

const titleOf = ({ id, decision }: Case): string =>
  unparsed(`Review of ${id}: ${decision.title}`, 150);

/** Whoever reads a wide channel reads its canvas too. */
const forReaders = (ports: WorkerPorts, { channel }: Case, text: string): string =>
  ports.config.wideChannels.includes(channel) ? redactedText(text) : text;

/** By its id alone: the rest of the title may be anybody's words. */
const lost = ({ id }: Case): string =>
  `Slack did not say whether it made the canvas: look for one whose title begins with “Review of ${id}” before you write another`;

/** Why no canvas may be made; `ask again` while Slack cannot be asked, nothing when one may. */
const hindrance = async (
  ports: WorkerPorts,
  theCase: Case,
): Promise<'ask again' | { readonly because: string } | undefined> => {
  if (theCase.review?.canvas) return { because: 'what is in the canvas belongs to people by now' };
  if (theCase.review) return { because: 'the first draft is in the thread too' };
  const shared = await ports.directory.shared(theCase.channel).catch(() => undefined);
  if (shared === undefined) return 'ask again';
  return shared
    ? { because: 'another organisation reads this channel, and nothing is shown there' }
    : undefined;
};

const inCanvas = async (
  ports: WorkerPorts,
  theCase: Case,
  sections: readonly ReviewSection[],
): Promise<Drafted> => {
  const old = theCase.wrapUp?.claim;
  if (old) {
    const age = ports.chance.now() - Date.parse(old.at);
    return age < claimMs ? undefined : { because: lost(theCase) };
  }
  const id = ports.chance.id();
  const claimed = await tellCase(ports, theCase.id, { kind: 'review-claim', id });
  if (claimed?.wrapUp?.claim?.id !== id) return undefined;
  const made = await ports.canvases.create(
    forReaders(ports, theCase, titleOf(theCase)),
    forReaders(ports, theCase, reviewMarkdown(theCase.id, sections)),
  );
  switch (made.kind) {
    case 'made':
      return { canvas: { id: made.id, shared: false } };
    case 'refused':
      return { because: made.because };
    case 'unknown':
      return { because: lost(theCase) };
    case 'later':
      await tellCase(ports, theCase.id, { kind: 'review-unclaim', id });
      return undefined;
    default:
      return made satisfies never;
  }
};

/** Answers the case as it is then. What could not be made yet stays wanted. */
export const draftReview = async (ports: WorkerPorts, record: ReviewRecord): Promise<Case> => {
  const { theCase } = record;
  if (!theCase.wrapUp?.review) return theCase;
  const sections = reviewSections(record);
  const hindered = await hindrance(ports, theCase);
  if (hindered === 'ask again') return theCase;
  const drafted = hindered ?? (await inCanvas(ports, theCase, sections));
  if (!drafted) return theCase;
  const after = await tellCase(ports, theCase.id, {
    kind: 'reviewed',
    since: theCase.wrapUp.since,
    review: drafted.because ? { ...drafted, sections: forThread(sections) } : drafted,
  });
  return after ?? theCase;
};

/** Lets people of the channel write in it. Answers the case as it is then. */
export const shareReview = async (
  ports: WorkerPorts,
  theCase: Case,
  record: ReviewRecord,
): Promise<Case> => {
  const canvas = theCase.review?.canvas;
  if (canvas?.shared !== false) return theCase;
  const shared = await ports.canvases.share(canvas.id, theCase.channel);
  if (shared.kind === 'later') return theCase;
  const after = await tellCase(ports, theCase.id, {
    kind: 'review-shared',
    ...(shared.kind === 'refused'
      ? {
          instead: {
            because: `the canvas could not be shared with this channel (${shared.because})`,
            sections: forThread(reviewSections(record)),
          },
        }
      : {}),
  });
  return after ?? theCase;
};

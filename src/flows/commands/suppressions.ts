/** `/cordon suppressions`: what is hidden now, and how to end it. Ending one is an undo like any other. */

import { errorInWords } from '../../execution/error-in-words.ts';
import { scopeInWords } from '../../findings/scope.ts';
import { canUndo, type Request } from '../../requests/request.ts';
import { requesterName, requesterUser } from '../../requests/requester.ts';
import type { ScopedSuppression } from '../../rules/suppression.ts';
import { controls, reference } from '../../slack/controls.ts';
import type { NoticeEntry } from '../../slack/modals/notice.ts';
import { allowed, answer, type Click, type Refused, refuseClick } from '../click.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { putRequest } from '../put-request.ts';
import { undoPlan } from '../undo-plan.ts';
import { type Answer, type Command, pageOf } from './command.ts';

const dayMs = 86_400_000;

const utc = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const endsFirst = (a: ScopedSuppression, b: ScopedSuppression): number =>
  a.until === b.until ? a.id.localeCompare(b.id) : a.until.localeCompare(b.until);

const nameOf = (request: Request | undefined, user: string): string =>
  request && requesterUser(request.requestedBy) === user
    ? requesterName(request.requestedBy)
    : user;

/** Findings that each hid in the last day, by its id; undefined where that could not be read. */
const hiddenLately = async (
  ports: WorkerPorts,
): Promise<ReadonlyMap<string, number> | undefined> => {
  const ids = new Map<string, Set<string>>();
  try {
    const day = await ports.cases.arrivals.outcomes(
      isoIn(ports.chance, -dayMs),
      isoNow(ports.chance),
    );
    for (const [id, found] of day.flatMap(({ suppressed }) => Object.entries(suppressed)))
      ids.set(id, new Set([...(ids.get(id) ?? []), ...found]));
  } catch {
    return undefined;
  }
  return new Map([...ids].map(([id, found]) => [id, found.size]));
};

const entryOf = (
  one: ScopedSuppression,
  request: Request | undefined,
  hidden: ReadonlyMap<string, number> | undefined,
): NoticeEntry => ({
  lines: [
    scopeInWords(one.scope),
    ...(hidden ? [`Hid ${hidden.get(one.id) ?? 0} findings in the last 24 hours`] : []),
    `Why: ${one.reason}`,
    `Owner: ${nameOf(request, one.owner)}; ends ${utc(one.until)}, or when it is worse than ${one.ceiling} or somebody new does it`,
    `Id: ${one.id}`,
  ],
  ...(request && canUndo(request)
    ? {
        button: {
          id: controls.undo,
          label: 'End it',
          value: reference(request.id, request.token),
        },
      }
    : {}),
});

const list = async (ports: WorkerPorts, page: number): Promise<Answer> => {
  const active = (await ports.suppressions.active(isoNow(ports.chance))).toSorted(endsFirst);
  const { shown, hasNext } = pageOf(active, page);
  const requests = await Promise.all(shown.map(({ request }) => ports.requests.get(request)));
  const hidden = shown.length > 0 ? await hiddenLately(ports) : undefined;
  return {
    title:
      active.length === 0
        ? 'Nothing is suppressed'
        : `Suppressed now: ${active.length}, by their end`,
    lines: active.length > 0 ? ['Any responder may end one: it alerts again from then on.'] : [],
    entries: shown.map((one, n) => entryOf(one, requests[n], hidden)),
    hasNext,
  };
};

const notInForce: Refused = {
  code: 'not-in-force',
  because: 'No suppression of this id is in force.',
  needed: 'an id that `/cordon suppressions` lists',
};

const endNamed = async (
  ports: WorkerPorts,
  click: Click,
  { id, why }: { readonly id: string; readonly why: string },
): Promise<void> => {
  const authority = await allowed(ports, click, 'respond');
  if (!authority) return;
  const active = await ports.suppressions.active(isoNow(ports.chance));
  const one = active.find((each) => each.id === id.toUpperCase());
  const request = one && (await ports.requests.get(one.request));
  if (!request || !canUndo(request)) return refuseClick(ports, click, notInForce);
  const about = { case: request.caseId, request: request.id };
  const session = { requestId: click.digest.slice(0, 32), sourceIdentity: click.person.id };
  const plan = await undoPlan(ports, { request }, session).catch((error: unknown) =>
    errorInWords(error),
  );
  if (typeof plan === 'string' || plan.kind === 'refusal')
    return refuseClick(
      ports,
      click,
      {
        code: 'not-permitted',
        because: `AWS did not let Cordon look: ${typeof plan === 'string' ? plan : plan.because}.`,
        needed: 'the read role in that account; then try again',
      },
      about,
    );
  const put = await putRequest(
    ports,
    {
      // The same command delivered twice makes one request.
      token: click.digest,
      caseId: request.caseId,
      kind: 'undo',
      undoes: request.id,
      plan: { ...plan, tier: 1 },
      person: click.person,
      offeredAt: isoNow(ports.chance),
      expiresAt: isoIn(ports.chance, 60_000),
    },
    {
      submission: {
        token: click.digest,
        reason: { code: 'ended', label: 'Ended by hand', text: why.slice(0, 500) },
      },
      authority,
    },
  );
  if (put.kind === 'taken')
    return refuseClick(
      ports,
      click,
      {
        code: 'lost-race',
        because: 'Somebody else asked for its end a moment ago.',
        needed: 'nothing; follow the request in the thread',
        who: put.by.by,
      },
      about,
    );
  await answer(ports, click, {
    title: 'It alerts again from now on',
    lines: [plan.summary, ...plan.cannot],
  });
};

export const suppressions: Command = {
  name: 'suppressions',
  uses: ['suppressions', 'suppressions end ID WHY'],
  summary: 'what is hidden now, by whom and until when, each with a button that ends it',
  needs: 'responder or approver',
  async answer(ports, { click, words, page }) {
    const [verb, id, ...why] = words;
    if (verb === undefined) return list(ports, page);
    if (verb.toLowerCase() !== 'end' || !id) return 'usage';
    await endNamed(ports, click, { id, why: why.join(' ') });
    return 'told';
  },
};

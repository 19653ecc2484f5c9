/**
 * `/cordon request ACTION TARGET`: the plan of one action on one thing, in the window that a card's
 * button would open, with the same gates behind it. It joins the open case about the thing, else it
 * opens one.
 */

import type { Action } from '../../actions/action.ts';
import { actions as known } from '../../actions/index.ts';
import { offersFor } from '../../actions/offers.ts';
import { type Case, isActive } from '../../cases/case.ts';
import { caseResources, resourceKey } from '../../cases/case-findings.ts';
import { nearest } from '../../config/nearest.ts';
import { andMore } from '../../findings/and-more.ts';
import type { Resource } from '../../findings/finding.ts';
import { typedResource } from '../../findings/typed-resource.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import type { Click } from '../click.ts';
import { casesOf } from '../looking/work-at-hand.ts';
import { offerContainment } from '../offer-plan.ts';
import { caseOffers } from '../plan-named.ts';
import type { WorkerPorts } from '../ports.ts';
import { wish } from '../wish.ts';
import type { Answer, Command } from './command.ts';
import { idsAbout } from './find.ts';

const example = '/cordon request isolate-instance i-0a1b2c3d4e5f60718';

/** What is asked for by name; the rest goes with resolving a case. */
const actions = known.filter(({ closes }) => !closes);

/** Suggestions for half a name, or for a misspelt one. */
const meant = (word: string): readonly string[] => {
  const ids = actions.map(({ id }) => id);
  const containing = ids.filter((id) => id.includes(word));
  const near = nearest(word, ids);
  return containing.length > 0 ? containing : near ? [near] : [];
};

/** `instance: isolate-instance, stop-instance`. */
const byKind = (): readonly string[] =>
  [...new Set(actions.map(({ on }) => on))].map(
    (kind) =>
      `${kind}: ${actions
        .filter(({ on }) => on === kind)
        .map(({ id }) => id)
        .join(', ')}`,
  );

const unknownAction = (word: string): Notice => {
  const suggestions = meant(word);
  return {
    title: word === '' ? 'Which action, and on what?' : 'Cordon does not know that action',
    lines: [
      ...(word !== '' && suggestions.length > 0
        ? [`Did you mean ${suggestions.join(' or ')}?`]
        : byKind()),
      `Like this: ${example}`,
    ],
  };
};

const noTarget = ({ id, on }: Action): Notice => ({
  title: 'On what?',
  lines: [
    `${id} works on a thing of the kind ${on}.`,
    `Name it by its id or ARN, or name its case: /cordon request ${id} TARGET, or /cordon request ${id} CASE`,
  ],
});

const notFor = (action: Action, { id }: Resource): Notice => ({
  title: `${action.title} is not for that`,
  lines: [`${id} is a ${action.on} that it cannot work on.`],
});

/** By id or by its name in the configuration; what is neither stays as it was typed. */
const accountOf = ({ config }: Pick<WorkerPorts, 'config'>, word: string): string =>
  Object.entries(config.accounts).find(
    ([id, { name }]) => id === word || name.toLowerCase() === word.toLowerCase(),
  )?.[0] ?? word;

/** Of several accounts none is guessed: the wrong one might have a thing of the same name. */
const onlyAccount = ({ config }: Pick<WorkerPorts, 'config'>): string => {
  const [only, ...others] = Object.keys(config.accounts);
  return only && others.length === 0 ? only : '';
};

/** Open cases about this word, the newest first. */
const openAbout = async (ports: WorkerPorts, word: string): Promise<readonly Case[]> =>
  (await casesOf(ports, await idsAbout(ports, word))).filter(isActive);

const holds = (theCase: Case, target: Pick<Resource, 'kind' | 'id'>, account: string): boolean =>
  caseResources(theCase).some(
    (one) =>
      one.kind === target.kind && one.id === target.id && (!account || one.account === account),
  );

/** The plan of this action in a case that offers it, or undefined where it does not. */
const offerIn = async (
  ports: WorkerPorts,
  click: Click,
  theCase: Case,
  wanted: { readonly action: Action; readonly target?: Resource; readonly note: string },
): Promise<Answer | undefined> => {
  const found = caseOffers(theCase).filter(
    ({ action, target }) =>
      action.id === wanted.action.id &&
      (!wanted.target || resourceKey(target) === resourceKey(wanted.target)),
  );
  const [offer, ...others] = found;
  if (!offer) return undefined;
  if (others.length > 0)
    return {
      title: `On which of them? Case ${theCase.id} names ${found.length}`,
      lines: found
        .slice(0, 20)
        .map(({ target }) => `/cordon request ${wanted.action.id} ${target.id}`),
    };
  await offerContainment(ports, click, {
    caseId: theCase.id,
    token: theCase.token,
    offer: offer.id,
    note: wanted.note,
  });
  return 'told';
};

const inCase = async (
  ports: WorkerPorts,
  click: Click,
  action: Action,
  theCase: Case,
): Promise<Answer> => {
  const note = `Case ${theCase.id}: ${theCase.decision.title}`;
  const answered = await offerIn(ports, click, theCase, { action, note });
  return (
    answered ?? {
      title: `Case ${theCase.id} has nothing for that`,
      lines: [
        `It names no ${action.on} that ${action.id} is for.`,
        `It offers: ${[...new Set(caseOffers(theCase).map((offer) => offer.action.id))].join(', ') || 'nothing'}`,
      ],
    }
  );
};

interface Typed {
  readonly action: Action;
  readonly word: string;
  readonly account: string;
  readonly region: string;
}

const onTarget = async (ports: WorkerPorts, click: Click, typed: Typed): Promise<Answer> => {
  const { action, word, region } = typed;
  const about = await openAbout(ports, word);
  const named = typed.account && accountOf(ports, typed.account);
  const seen = about.flatMap((one) =>
    caseResources(one)
      .filter(({ kind, id }) => kind === action.on && word.endsWith(id))
      .map(({ account }) => account),
  );
  const guess = [...new Set(seen)].length === 1 ? (seen[0] ?? '') : onlyAccount(ports);
  const where = { account: named || guess, region: region || ports.config.homeRegion };
  const target = typedResource(action.on, word, where);
  if (!target)
    return { title: `That is no ${action.on}`, lines: [...noTarget(action).lines, example] };
  if (!target.account)
    return {
      title: 'In which account?',
      lines: [
        `No open case names it. Say its account: /cordon request ${action.id} ${word} ACCOUNT REGION`,
        `Known: ${andMore(
          Object.values(ports.config.accounts).map(({ name }) => name),
          40,
        )}`,
      ],
    };
  if (!action.offeredFor(target)) return notFor(action, target);
  const known = about.find((one) => holds(one, target, target.account));
  const own = known && caseResources(known).find((one) => one.id === target.id);
  const answered =
    known &&
    (await offerIn(ports, click, known, {
      action,
      target: own ?? target,
      note: `It joins case ${known.id}: ${known.decision.title}`,
    }));
  if (answered) return answered;
  const [offer] = offersFor([action.id], [own ?? target]);
  if (!offer) return notFor(action, target);
  await wish(ports, click, { action, target: offer.target, offer }, known);
  return 'told';
};

export const request: Command = {
  name: 'request',
  uses: ['request ACTION CASE', 'request ACTION TARGET', 'request ACTION TARGET ACCOUNT REGION'],
  summary: 'the plan of one action on one thing, in the window that a button of a card opens',
  needs: 'responder',
  async answer(ports, { click, words: [named = '', word, account = '', region = '', ...more] }) {
    const action = actions.find(({ id }) => id === named.toLowerCase());
    if (!action) return unknownAction(named.toLowerCase());
    if (!word) return noTarget(action);
    if (more.length > 0 || !/^(?:[a-z]{2}(?:-[a-z]+)+-\d)?$/.test(region)) return 'usage';
    const theCase = /^C[0-9A-F]{9}$/i.test(word)
      ? await ports.cases.get(word.toUpperCase())
      : undefined;
    if (theCase) return inCase(ports, click, action, theCase);
    return onTarget(ports, click, { action, word, account, region });
  },
};

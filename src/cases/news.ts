/** What a finding brings that a case did not have: that is told in its thread, the rest is counted. */
import type { Finding, Origin } from '../findings/finding.ts';
import { actorKeys } from '../findings/scope.ts';
import type { Case, CaseFinding } from './case.ts';
import { resourceKey, toldFindings } from './case-findings.ts';

/** More told findings than that make no case clearer, and no item may grow without end. */
export const mostTold = 12;
/** One address more of the same attack is told so often; then it is counted, unless a case was left alone. */
const mostActors = 3;

/** One told finding with what was new about it when it came. */
export interface News {
  readonly entry: CaseFinding;
  readonly type: boolean;
  readonly source: Origin | undefined;
  /** Ids, as the finding names them. */
  readonly resources: readonly string[];
  readonly actors: readonly string[];
}

interface Known {
  readonly types: ReadonlySet<string>;
  readonly sources: ReadonlySet<Origin>;
  readonly resources: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
}

const knownFrom = (findings: readonly Finding[]): Known => ({
  types: new Set(findings.map(({ type }) => type)),
  sources: new Set(findings.map(({ source }) => source)),
  resources: new Set(findings.flatMap(({ resources }) => resources.map(resourceKey))),
  actors: new Set(findings.flatMap(actorKeys)),
});

const newsOf = (entry: CaseFinding, known: Known): News => {
  const { finding } = entry;
  return {
    entry,
    type: !known.types.has(finding.type),
    source: known.sources.has(finding.source) ? undefined : finding.source,
    // Where a finding is kept is nothing that anybody works on.
    resources: finding.resources
      .filter((one) => one.kind !== 'finding' && !known.resources.has(resourceKey(one)))
      .map(({ id }) => id),
    actors: actorKeys(finding).filter((key) => !known.actors.has(key)),
  };
};

const isNews = ({ type, source, resources, actors }: News): boolean =>
  type || source !== undefined || resources.length > 0 || actors.length > 0;

/** Who is new in a case that knew of somebody; a first actor says nothing about those before. */
export const newActors = (theCase: Case, entry: CaseFinding): readonly string[] => {
  const known = knownFrom(toldFindings(theCase).map(({ finding }) => finding));
  return known.actors.size === 0 ? [] : newsOf(entry, known).actors;
};

/** People said that it can wait: whoever is new in it disturbs that. */
const isLeftAlone = ({ snoozed, suppression, resolved }: Case): boolean =>
  [snoozed, suppression, resolved].some((one) => one !== undefined);

/** Whether the case should tell this finding, and not only count it. */
export const bringsNews = (theCase: Case, entry: CaseFinding): boolean => {
  const told = toldFindings(theCase).map(({ finding }) => finding);
  const news = newsOf(entry, knownFrom(told));
  const most = isNews({ ...news, actors: [] }) || isLeftAlone(theCase) ? mostTold : mostActors;
  return told.length < most && isNews(news);
};

/** What came after the first finding, oldest first, each with what was new then. */
export const newsIn = (theCase: Case): readonly News[] => {
  const told = toldFindings(theCase);
  return told
    .map((entry, place) => newsOf(entry, knownFrom(told.slice(0, place).map((one) => one.finding))))
    .slice(1);
};

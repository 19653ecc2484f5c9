/** What a case is told of: its requests, its owner's word, suppressions and pages. */
import { type Severity, severities } from '../findings/finding.ts';
import type { Case } from './case.ts';
import type { Handlers } from './case-event.ts';
import { endSuppression } from './change.ts';

const higher = (a: Severity, b: Severity): boolean => severities.indexOf(a) > severities.indexOf(b);

const knowsSuppression = (current: Case, request: string): boolean =>
  current.suppression?.request === request || current.suppressionEnded?.request === request;

export const onTold: Handlers<
  'ask' | 'answer' | 'request' | 'suppress' | 'suppression-end' | 'glass' | 'page' | 'automate'
> = {
  ask: (current, { actor, by, asked }, at) =>
    current.asked && !current.asked.answer
      ? undefined
      : {
          set: { asked: { ...asked, at, by } },
          entry: {
            kind: 'case.owner-asked',
            actor,
            because: 'whoever is behind the principal is asked whether it was them',
            detail: { user: asked.user, principal: asked.principal },
          },
          by,
        },
  answer: (current, { actor, by, yes, severity }, at) => {
    const { asked } = current;
    if (!asked || asked.answer) return undefined;
    return {
      set: {
        asked: { ...asked, answer: { at, yes } },
        severity,
        ...(higher(severity, current.severity) ? { raised: { at, to: severity } } : {}),
        ...(higher(current.severity, severity)
          ? { lowered: { from: current.lowered?.from ?? current.severity, at } }
          : {}),
      },
      entry: {
        kind: 'case.owner-answered',
        actor,
        because: yes ? 'they say that it was them' : 'they say that it was not them',
        detail: { yes, principal: asked.principal, severity },
      },
      by,
    };
  },
  request: (current, { request }) =>
    current.requests.includes(request)
      ? undefined
      : { set: { requests: [...current.requests, request] } },
  suppress: (current, { suppression }) =>
    // Told again after it was broken: what broke it still holds.
    knowsSuppression(current, suppression.request)
      ? undefined
      : {
          set: { suppression },
          entry: {
            kind: 'case.suppressed',
            actor: 'cordon:worker',
            because: suppression.reason,
            detail: { until: suppression.until, request: suppression.request },
          },
          by: suppression.by,
        },
  'suppression-end': (current, { request, because }, at) =>
    current.suppression?.request === request
      ? {
          set: endSuppression(
            { ...current, version: current.version + 1 },
            { at, actor: 'cordon:worker', because },
          ),
          drop: ['suppression'],
        }
      : undefined,
  glass: (current, { request, actor, by, reason }) =>
    current.glass?.includes(request)
      ? undefined
      : {
          set: { glass: [...(current.glass ?? []), request] },
          entry: { kind: 'case.glass-broken', actor, because: reason, detail: { request } },
          by,
        },
  automate: (current, { automated }) => {
    if (current.automated || !current.automationDue) return undefined;
    if (!automated) return { drop: ['automationDue'] };
    const { outcome, entry, mode, runs, because, code } = automated;
    return {
      set: { automated },
      drop: ['automationDue'],
      entry: {
        kind: `automation.${outcome}`,
        actor: `rule:${current.decision.rule}/${entry}`,
        because,
        detail: { mode, runs, ...(code ? { code } : {}) },
      },
    };
  },
  page: (current, { key, because }, at) =>
    current.pages?.[key]
      ? undefined
      : {
          set: { pages: { ...current.pages, [key]: { at, because } } },
          entry: {
            kind: 'case.paged',
            actor: 'cordon:tick',
            because,
            detail: { page: key },
          },
        },
};

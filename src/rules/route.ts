/**
 * Where a card goes and who is called: the first route that matches, else the default channel. A flat
 * list instead of Alertmanager's tree: https://prometheus.io/docs/alerting/latest/configuration/#route
 */
import {
  atLeast,
  type Finding,
  type ResourceKind,
  type Severity,
  type Source,
} from '../findings/finding.ts';
import { services } from '../findings/services.ts';
import { carries } from '../findings/tags.ts';
import { isQuiet, type QuietHours, wakesAnybody } from './quiet-hours.ts';
import type { Rule } from './rule.ts';

/** One way from findings to a channel and its people. */
export interface Route {
  /** kebab-case, stable: it is shown as the reason for the channel. */
  readonly id: string;
  /** Everything that is set must hold; of a list, one entry. */
  readonly when: {
    /** This or more, as shown on the card. */
    readonly severity?: Severity | undefined;
    /** Account ids of the finding. */
    readonly accounts?: readonly string[] | undefined;
    readonly regions?: readonly string[] | undefined;
    readonly sources?: readonly Source[] | undefined;
    /** Beginnings of finding types, in the source's own letters: `CryptoCurrency:`. */
    readonly types?: readonly string[] | undefined;
    /** Kinds of the resources that the finding is about. */
    readonly kinds?: readonly ResourceKind[] | undefined;
    /**
     * Values by tag key, `*` for any value: one resource must carry one value of each key. Whoever may
     * tag a resource may move its findings with this.
     */
    readonly tags?: { readonly [key: string]: readonly string[] } | undefined;
    /** Organisational units, as `accounts` names them; one holds for all below it: `prod` for `prod/eu`. */
    readonly ous?: readonly string[] | undefined;
  };
  /** Slack channel id; that of the rule, else the default one, when left out. */
  readonly channel?: string | undefined;
  /** `digest`: told in the daily digest only. `card`: a card even where the severity asks for the digest. */
  readonly outcome?: 'card' | 'digest' | undefined;
  /** True: also by email, through the pager topic. Not for samples and archived findings. */
  readonly email?: boolean | undefined;
  /** Slack users and user groups to call instead of `onCall`; nobody when empty. */
  readonly mention?:
    | { readonly users?: readonly string[]; readonly groups?: readonly string[] }
    | undefined;
}

/** The part of the configuration that routes. */
export interface RouteSettings {
  /** Channel id for everything that no route takes. */
  readonly channel: string;
  readonly severity: { readonly mention: Severity };
  readonly routes?: readonly Route[];
  readonly quietHours?: QuietHours | undefined;
  /** Names for the reason. */
  readonly accounts?: {
    readonly [accountId: string]: { readonly name: string; readonly ou?: string | undefined };
  };
  /** Milliseconds since 1970; without it there are no quiet hours. */
  readonly now?: number | undefined;
}

/** What a rule asks for; a route that says otherwise wins. */
export type Wishes = Pick<Rule, 'channel' | 'mention'>;

export interface Routed {
  /** Id of the route; absent when none took the finding. */
  readonly route?: string;
  /** What the route makes of it; absent when the severity or the rule decides. */
  readonly outcome?: 'card' | 'digest';
  readonly channel: string;
  /** Whether anybody is called at all. */
  readonly mention: boolean;
  /** Slack ids of groups and users to call instead of the configured people on call. */
  readonly onCall?: readonly string[];
  /** Present when the route also sends it by email. */
  readonly email?: true;
  /** Sentences; none when nothing but the defaults decided. */
  readonly because: readonly string[];
}

/** Where a finding that is shown with this severity goes, and why; pure. */
export const routeOf = (
  finding: Finding,
  severity: Severity,
  settings: RouteSettings,
  wishes: Wishes = {},
): Routed => {
  const taken = firstRoute(finding, severity, settings);
  const route = taken?.route;
  const onCall = route && peopleOf(route);
  // A sample is about nothing that exists, and somebody has dealt with what is archived.
  const calm = finding.sample || finding.archived;
  const loud = wishes.mention ?? atLeast(severity, settings.severity.mention);
  const called = !calm && loud && onCall?.length !== 0;
  const quiet = called && quietNow(severity, settings);
  const email = route?.email === true && !calm;
  return {
    ...(route && { route: route.id }),
    ...(route?.outcome && { outcome: route.outcome }),
    channel: route?.channel ?? wishes.channel ?? settings.channel,
    mention: called && !quiet,
    ...(onCall && { onCall }),
    ...(email && { email }),
    because: [
      ...(taken ? [`Route ${taken.route.id}: ${taken.reasons.join(', ')}.`] : []),
      ...(email ? ['The route also sends it by email.'] : []),
      ...(quiet ? [`Nobody is mentioned in quiet hours, below ${wakesAnybody}.`] : []),
    ],
  };
};

const peopleOf = ({ mention }: Route): readonly string[] | undefined =>
  mention && [...(mention.groups ?? []), ...(mention.users ?? [])];

const quietNow = (severity: Severity, { quietHours, now }: RouteSettings): boolean =>
  quietHours !== undefined &&
  now !== undefined &&
  !atLeast(severity, wakesAnybody) &&
  isQuiet(quietHours, now);

interface Taken {
  readonly route: Route;
  readonly reasons: readonly string[];
}

const firstRoute = (
  finding: Finding,
  severity: Severity,
  { routes = [], accounts = {} }: RouteSettings,
): Taken | undefined => {
  const { account, region, source, type, resources } = finding;
  for (const route of routes) {
    const { when } = route;
    const asked: readonly Answer[] = [
      ask(
        when.severity && [when.severity],
        (least) => atLeast(severity, least),
        (least) => `at least ${least}`,
      ),
      ask(
        when.accounts,
        (id) => id === account,
        (id) => `account ${accounts[id]?.name ?? id}`,
      ),
      ask(
        when.regions,
        (one) => one === region,
        (one) => `region ${one}`,
      ),
      ask(
        when.sources,
        (one) => one === source,
        (one) => `source ${services[one].name}`,
      ),
      ask(
        when.types,
        (start) => type.startsWith(start),
        (start) => `type ${start}…`,
      ),
      ask(
        when.kinds,
        (one) => resources.some(({ kind }) => kind === one),
        (one) => `about a resource of kind ${one}`,
      ),
      ask(
        when.tags && [when.tags],
        (tags) => resources.some((resource) => carries(resource, tags)),
        (tags) => `about a resource tagged ${Object.keys(tags).join(', ')}`,
      ),
      ask(
        when.ous,
        (ou) => `${accounts[account]?.ou ?? ''}/`.startsWith(`${ou}/`),
        (ou) => `organisational unit ${ou}`,
      ),
    ];
    if (asked.every((answer) => answer !== undefined)) return { route, reasons: asked.flat() };
  }
  return undefined;
};

/** The reason why a condition holds, none when it was not set, undefined when it does not hold. */
type Answer = readonly string[] | undefined;

const ask = <T>(
  wanted: readonly T[] | undefined,
  fits: (one: T) => boolean,
  say: (one: T) => string,
): Answer => {
  if (!wanted) return [];
  const found = wanted.find(fits);
  return found === undefined ? undefined : [say(found)];
};

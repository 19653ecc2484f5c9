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
import { isQuiet, type QuietHours, wakesAnybody } from './quiet-hours.ts';

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
  };
  /** Slack channel id. */
  readonly channel: string;
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
  readonly accounts?: { readonly [accountId: string]: { readonly name: string } };
  /** Milliseconds since 1970; without it there are no quiet hours. */
  readonly now?: number | undefined;
}

export interface Routed {
  /** Id of the route; absent for the default channel. */
  readonly route?: string;
  readonly channel: string;
  /** Whether anybody is called at all. */
  readonly mention: boolean;
  /** Slack ids of groups and users to call instead of the configured people on call. */
  readonly onCall?: readonly string[];
  /** Sentences; none when nothing but the defaults decided. */
  readonly because: readonly string[];
}

/** Where a finding that is shown with this severity goes, and why; pure. */
export const routeOf = (finding: Finding, severity: Severity, settings: RouteSettings): Routed => {
  const taken = firstRoute(finding, severity, settings);
  const mention = taken?.route.mention;
  const onCall = mention && [...(mention.groups ?? []), ...(mention.users ?? [])];
  // A sample is about nothing that exists, and somebody has dealt with what is archived.
  const called =
    !finding.sample &&
    !finding.archived &&
    atLeast(severity, settings.severity.mention) &&
    onCall?.length !== 0;
  const quiet = called && quietNow(severity, settings);
  return {
    ...(taken && { route: taken.route.id }),
    channel: taken?.route.channel ?? settings.channel,
    mention: called && !quiet,
    ...(onCall && { onCall }),
    because: [
      ...(taken ? [`Route ${taken.route.id}: ${taken.reasons.join(', ')}.`] : []),
      ...(quiet ? [`Nobody is mentioned in quiet hours, below ${wakesAnybody}.`] : []),
    ],
  };
};

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

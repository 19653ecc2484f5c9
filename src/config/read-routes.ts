/** Reads and checks where cards go, and when nobody is called. */

import { type ResourceKind, severities, sources } from '../findings/finding.ts';
import type { QuietHours } from '../rules/quiet-hours.ts';
import type { Route } from '../rules/route.ts';
import { accountId, organisationalUnit, region } from './aws-ids.ts';
import type { CordonConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { defaults } from './defaults.ts';
import { idPattern } from './own-ids.ts';
import {
  checked,
  dictionaryOf,
  flag,
  listOf,
  oneOf,
  optional,
  type Read,
  shape,
  text,
} from './read.ts';
import { mayKnow } from './responds.ts';
import { channelId, people } from './slack-ids.ts';

const kinds: { readonly [K in ResourceKind]: true } = {
  instance: true,
  'access-key': true,
  finding: true,
  user: true,
  role: true,
  'role-session': true,
  bucket: true,
  'security-group': true,
  function: true,
  image: true,
  snapshot: true,
  cluster: true,
  container: true,
  database: true,
  'database-snapshot': true,
  service: true,
  task: true,
  workload: true,
  'kms-key': true,
  secret: true,
  trail: true,
  detector: true,
  recorder: true,
  account: true,
  address: true,
  other: true,
};

const kind = checked(
  (value): value is ResourceKind => typeof value === 'string' && Object.hasOwn(kinds, value),
  `Use one of ${Object.keys(kinds).join(', ')}.`,
  'other',
);

/** A list left out is no condition; an empty one could never hold. */
export const someOf =
  <T>(read: Read<T>): Read<readonly T[] | undefined> =>
  (value, path, problems) => {
    if (value === undefined) return undefined;
    const remedy = 'Name at least one, or leave it out.';
    if (Array.isArray(value) && value.length === 0)
      problems.push({ path, problem: 'is empty', remedy });
    return listOf(read)(value, path, problems);
  };

const tagText = 'Use the key of a tag with a list of its values, or ["*"] for any value.';
export const tagValues = dictionaryOf(/^.{1,128}$/s, tagText, listOf(text(/^.{0,256}$/s, tagText)));

const route: Read<Route> = shape<Route>({
  id: text(idPattern, 'Use a name in kebab-case, such as payments.'),
  when: shape<Route['when']>({
    severity: optional<Route['when']['severity']>(oneOf(severities), undefined),
    accounts: someOf(accountId),
    regions: someOf(region),
    sources: someOf(oneOf(sources)),
    types: someOf(text(/\S/, 'Use the beginning of a finding type, such as CryptoCurrency:.')),
    kinds: someOf(kind),
    tags: optional<Route['when']['tags']>(tagValues, undefined),
    ous: someOf(organisationalUnit),
  }),
  channel: optional<string | undefined>(channelId, undefined),
  outcome: optional<Route['outcome']>(oneOf(['card', 'digest']), undefined),
  email: optional<boolean | undefined>(flag, undefined),
  mention: optional<Route['mention']>(people, undefined),
});

export const routes: Read<readonly Route[]> = optional(listOf(route), []);

const isTimeZone = (value: unknown): value is string => {
  // An offset such as +02:00 is no place: it knows no summer time.
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== '';
  } catch {
    return false;
  }
};
export const time = text(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use HH:MM of 24 hours, such as 20:00.');

/** An IANA name that this Node knows. */
export const timeZone = checked(isTimeZone, 'Use an IANA time zone such as Europe/Madrid.', '');

/** None when left out. */
export const quietHours: Read<QuietHours | undefined> = optional<QuietHours | undefined>(
  shape<QuietHours>({
    timeZone,
    from: optional(time, defaults['quietHours.from'].value),
    to: optional(time, defaults['quietHours.to'].value),
    weekends: optional(flag, defaults['quietHours.weekends'].value),
  }),
  undefined,
);

const setOu = 'Set `ou` of the accounts that belong to it, or this route never sees them.';

type Found = Pick<CordonConfig, 'routes' | 'quietHours' | 'accounts' | 'deployment' | 'sources'>;

/** What only shows when settings are seen together. */
export const routeProblems = ({
  routes: found,
  quietHours: quiet,
  ...others
}: Found): readonly ConfigProblem[] => [
  ...found.flatMap((one, n) => [
    ...conditionProblems(one.when, `routes[${n}].when`, others),
    ...effectProblems(one, `routes[${n}]`),
  ]),
  ...(quiet && quiet.from === quiet.to
    ? [
        {
          path: 'quietHours.to',
          problem: `is the same as from (${quiet.to})`,
          remedy: 'Use two different times, or leave quietHours out.',
        },
      ]
    : []),
];

/** A route that changes nothing, or that addresses people about what nobody is shown. */
const effectProblems = (route: Route, path: string): readonly ConfigProblem[] => {
  const { channel, outcome, email, mention } = route;
  const addressed = channel !== undefined || mention !== undefined || email === true;
  if (outcome === 'digest' && addressed) {
    const remedy = 'Leave channel, mention and email out: the digest has its own place.';
    return [{ path, problem: 'sends to the digest and to people as well', remedy }];
  }
  const remedy = 'Give it a channel, mention, email or outcome.';
  return outcome || addressed ? [] : [{ path, problem: 'changes nothing', remedy }];
};

const conditionProblems = (
  when: Route['when'],
  path: string,
  known: Pick<Found, 'accounts' | 'deployment' | 'sources'>,
): readonly ConfigProblem[] => {
  const missing = <T>(key: string, wanted: readonly T[] = [], isKnown: (one: T) => boolean) =>
    wanted.flatMap((one, m) => {
      const problem = `is not among ${key}`;
      const remedy = `Add it to ${key}, or this route never sees it.`;
      return isKnown(one) ? [] : [{ path: `${path}.${key}[${m}]`, problem, remedy }];
    });
  const always = Object.values(when).every((condition) => condition === undefined);
  const remedy = 'Set a condition; the settings channel and onCall are for all the rest.';
  return [
    ...(always ? [{ path, problem: 'sets no condition', remedy }] : []),
    ...missing('accounts', when.accounts, (id) => mayKnow(known, id)),
    ...missing('sources', when.sources, (source) => known.sources.includes(source)),
    ...(when.ous ?? []).flatMap((ou, m) => {
      const paths = Object.values(known.accounts).map((account) => `${account.ou ?? ''}/`);
      return known.deployment.organization || paths.some((one) => one.startsWith(`${ou}/`))
        ? []
        : [{ path: `${path}.ous[${m}]`, problem: 'is the ou of no account', remedy: setOu }];
    }),
  ];
};

/** Reads and checks where cards go, and when nobody is called. */
import { type ResourceKind, severities, sources } from '../findings/finding.ts';
import type { QuietHours } from '../rules/quiet-hours.ts';
import type { Route } from '../rules/route.ts';
import { accountId, region } from './aws-ids.ts';
import type { CordonConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { defaults } from './defaults.ts';
import { checked, flag, listOf, oneOf, optional, type Read, shape, text } from './read.ts';
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
  account: true,
  other: true,
};

const kind = checked(
  (value): value is ResourceKind => typeof value === 'string' && Object.hasOwn(kinds, value),
  `Use one of ${Object.keys(kinds).join(', ')}.`,
  'other',
);

/** A list left out is no condition; an empty one could never hold. */
const someOf =
  <T>(read: Read<T>): Read<readonly T[] | undefined> =>
  (value, path, problems) => {
    if (value === undefined) return undefined;
    const remedy = 'Name at least one, or leave it out.';
    if (Array.isArray(value) && value.length === 0)
      problems.push({ path, problem: 'is empty', remedy });
    return listOf(read)(value, path, problems);
  };

const route: Read<Route> = shape<Route>({
  id: text(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use a name in kebab-case, such as payments.'),
  when: shape<Route['when']>({
    severity: optional<Route['when']['severity']>(oneOf(severities), undefined),
    accounts: someOf(accountId),
    regions: someOf(region),
    sources: someOf(oneOf(sources)),
    types: someOf(text(/\S/, 'Use the beginning of a finding type, such as CryptoCurrency:.')),
    kinds: someOf(kind),
  }),
  channel: channelId,
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
const time = text(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use HH:MM of 24 hours, such as 20:00.');

/** None when left out. */
export const quietHours: Read<QuietHours | undefined> = optional<QuietHours | undefined>(
  shape<QuietHours>({
    timeZone: checked(isTimeZone, 'Use an IANA time zone such as Europe/Madrid.', ''),
    from: optional(time, defaults['quietHours.from'].value),
    to: optional(time, defaults['quietHours.to'].value),
    weekends: optional(flag, defaults['quietHours.weekends'].value),
  }),
  undefined,
);

type Found = Pick<CordonConfig, 'routes' | 'quietHours' | 'accounts' | 'sources'>;

/** What only shows when settings are seen together. */
export const routeProblems = ({
  routes: found,
  quietHours: quiet,
  ...others
}: Found): readonly ConfigProblem[] => [
  ...found.flatMap(({ when }, n) => conditionProblems(when, `routes[${n}].when`, others)),
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

const conditionProblems = (
  when: Route['when'],
  path: string,
  known: Pick<Found, 'accounts' | 'sources'>,
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
    ...missing('accounts', when.accounts, (id) => Object.hasOwn(known.accounts, id)),
    ...missing('sources', when.sources, (source) => known.sources.includes(source)),
  ];
};

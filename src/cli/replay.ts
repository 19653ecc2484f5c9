/** `cordon replay <file|dir> [--json]`: what would become of these events, without sending any. */
import type { CordonConfig } from '../config/config.ts';
import { defaults } from '../config/defaults.ts';
import type { Finding, ResourceKind, Severity } from '../findings/finding.ts';
import { parse } from '../findings/parse.ts';
import { wrap } from '../findings/wrap.ts';
import { type DecideSettings, decide } from '../rules/decide.ts';
import { defaultRules } from '../rules/index.ts';
import type { Decision } from '../rules/rule.ts';
import { type Judged, judge, type ScopedSuppression } from '../rules/suppression.ts';
import { eventsIn } from './event-files.ts';
import { printable } from './printable.ts';

/** The part of the configuration that decides what becomes of an event. */
export type ReplayConfig = Pick<CordonConfig, 'rules' | 'channel'> &
  Pick<DecideSettings, 'severity'> &
  Partial<Pick<CordonConfig, 'sources' | 'accounts' | 'routes' | 'quietHours'>> & {
    /** Those in force, and the moment (ISO 8601 UTC) at which they are asked. */
    readonly hidden?: { readonly by: readonly ScopedSuppression[]; readonly at: string };
  };

/** Used where there is no `cordon.config.ts`: the severities of docs/defaults.md. */
export const defaultReplayConfig: ReplayConfig = {
  rules: defaultRules,
  channel: 'C0SECURITY',
  severity: {
    card: defaults['severity.card'].value,
    mention: defaults['severity.mention'].value,
    digest: defaults['severity.digest'].value,
  },
};

/** One event of one file; null and [] where a field has no meaning. */
export interface ReplayLine {
  readonly file: string;
  /**
   * `case`: a finding of a source that is read, also where its severity asks for the digest or for
   * nothing: then there is no channel, and the reason says so. `ignored`: no finding, or of a source that
   * is switched off. `error`: not JSON.
   */
  readonly outcome: 'case' | 'ignored' | 'error';
  /** Why, in words. */
  readonly reason: string;
  readonly source: string | null;
  readonly findingType: string | null;
  /** The finding's own; a rule may show another on the card. */
  readonly severity: Severity | null;
  readonly account: string | null;
  readonly region: string | null;
  /** The card's header, else the finding's title. */
  readonly title: string | null;
  readonly resources: readonly { readonly kind: ResourceKind; readonly id: string }[];
  readonly canonicalId: string | null;
  readonly fingerprint: string | null;
  readonly rule: string | null;
  readonly channel: string | null;
  readonly actions: readonly string[];
  /** Only where a configured route chose the channel. */
  readonly route?: string;
  /** Id of the suppression that hides it: then it has no channel. */
  readonly suppressedBy?: string;
}

const nothing = {
  source: null,
  findingType: null,
  severity: null,
  account: null,
  region: null,
  title: null,
  resources: [],
  canonicalId: null,
  fingerprint: null,
  rule: null,
  channel: null,
  actions: [],
} as const;

/** What the suppressions say of a finding that is told at all. */
export const judged = (finding: Finding, decision: Decision, { hidden }: ReplayConfig): Judged =>
  hidden === undefined || decision.kind === 'drop'
    ? { kind: 'none' }
    : judge(finding, decision.severity, hidden.by, hidden.at);

/** What becomes of one event or bare finding, outside quiet hours; pure, and total for any JSON. */
export const replayLine = (file: string, json: unknown, config: ReplayConfig): ReplayLine => {
  const found = parse(wrap(json));
  if (found.kind === 'ignored')
    return {
      file,
      outcome: 'ignored',
      reason: found.because,
      ...nothing,
      source: found.source,
      findingType: found.type,
    };
  const decision = decide(found, config);
  const { source } = found;
  const off = source !== 'manual' && config.sources && !config.sources.includes(source);
  const line: ReplayLine = {
    file,
    outcome: off ? 'ignored' : 'case',
    reason: decision.because,
    ...nothing,
    ...ofFinding(found),
    rule: decision.rule,
  };
  const judgement = judged(found, decision, config);
  if (judgement.kind === 'suppressed')
    return { ...line, reason: judgement.because, suppressedBy: judgement.by.id };
  if (decision.kind !== 'card')
    return decision.kind === 'digest' ? { ...line, title: decision.title } : line;
  return {
    ...line,
    title: decision.title,
    channel: decision.channel,
    actions: decision.actions,
    ...(decision.route !== undefined && { route: decision.route }),
  };
};

const ofFinding = (finding: Finding) => ({
  source: finding.source,
  findingType: finding.type,
  severity: finding.severity,
  account: finding.account,
  region: finding.region,
  title: finding.title,
  resources: finding.resources.map(({ kind, id }) => ({ kind, id })),
  canonicalId: finding.canonicalId,
  fingerprint: finding.fingerprint,
});

/** One line for each event in the files and directories, in order; at least one for each file. */
export function* replayLines(
  paths: readonly string[],
  config: ReplayConfig,
): Generator<ReplayLine> {
  for (const read of eventsIn(paths)) {
    if (read.kind === 'event') yield replayLine(read.file, read.json, config);
    else {
      const outcome = read.kind === 'empty' ? 'ignored' : 'error';
      yield { file: read.file, outcome, reason: read.because, ...nothing };
    }
  }
}

export interface ReplayOptions {
  readonly config: ReplayConfig;
  /** True for one JSON object a line, false for people. */
  readonly json: boolean;
  /** Takes one line without its end. */
  readonly print: (line: string) => void;
}

/** Prints `replayLines` and, for people, the counts. The exit code: 1 when a line is an error. */
export const replay = (paths: readonly string[], options: ReplayOptions): 0 | 1 => {
  const counts = new Map(headings.map((heading) => [heading, new Map<string, number>()] as const));
  let failed = false;
  for (const line of replayLines(paths, options.config)) {
    if (line.outcome === 'error') failed = true;
    for (const [heading, key] of countedAs(line)) count(counts.get(heading) ?? new Map(), key);
    options.print(options.json ? JSON.stringify(line) : forPeople(line));
  }
  if (!options.json)
    for (const [heading, counted] of counts)
      for (const line of summary(heading, counted)) options.print(line);
  return failed ? 1 : 0;
};

/** In the order in which they are printed. */
const headings = [
  'By outcome',
  'Cases by rule',
  'Cards by route',
  'Cards by channel',
  'Suppressed by',
  'No card because',
  'Ignored because',
] as const;

/** A case has a card where it has a channel; the reason of one without begins with its rule's sentence. */
const countedAs = (line: ReplayLine): readonly (readonly [(typeof headings)[number], string])[] => {
  const outcome = ['By outcome', line.outcome] as const;
  if (line.outcome !== 'case') return [outcome, ['Ignored because', line.reason]];
  return [
    outcome,
    ['Cases by rule', line.rule ?? ''],
    ...(line.route === undefined ? [] : [['Cards by route', line.route] as const]),
    line.suppressedBy !== undefined
      ? ['Suppressed by', line.suppressedBy]
      : line.channel === null
        ? ['No card because', line.reason.replace(/^.*(?=Only in the digest)/s, '')]
        : ['Cards by channel', line.channel],
  ];
};

const forPeople = (line: ReplayLine): string =>
  printable(
    [
      line.outcome.padEnd(7),
      (line.severity ?? '').padEnd(13),
      (line.account ?? '').padEnd(12),
      (line.region ?? '').padEnd(14),
      (line.rule ?? line.source ?? '').padEnd(27),
      `${line.outcome === 'case' ? line.title : line.reason} — ${line.file}`,
    ].join('  '),
  );

type Counts = ReadonlyMap<string, number>;

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** A heading and one line for each key, the most frequent first; nothing when nothing was counted. */
const summary = (heading: string, counts: Counts): readonly string[] =>
  counts.size === 0
    ? []
    : [
        '',
        heading,
        ...[...counts]
          .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
          .map(([key, times]) => `${String(times).padStart(7)}  ${printable(key)}`),
      ];

/** `cordon explain <file>`: how one event was read, what decided about it, and why. */
import { atLeast, type Finding } from '../findings/finding.ts';
import { parse } from '../findings/parse.ts';
import { originName } from '../findings/services.ts';
import { wrap } from '../findings/wrap.ts';
import { decide, firstMatch } from '../rules/decide.ts';
import { wakesAnybody } from '../rules/quiet-hours.ts';
import type { CardDecision } from '../rules/rule.ts';
import { printable } from './printable.ts';
import { judged, type ReplayConfig } from './replay.ts';

/** Lines for a terminal, each safe to print; total for any JSON. */
export const explain = (json: unknown, config: ReplayConfig): string => {
  const found = parse(wrap(json));
  if (found.kind === 'ignored')
    return table([
      ['Read as', `${nameOf(found.source)}, ${found.type || 'no type'}`],
      ['Decision', 'ignored'],
      ['Because', found.because],
    ]);
  return table([
    ...readAs(found),
    ...rulesAsked(found, config),
    ...decided(found, config),
    ...suppressed(found, config),
  ]);
};

type Row = readonly [label: string, value: string];

const nameOf = (source: Finding['source'] | 'unknown'): string =>
  source === 'unknown' ? 'unknown service' : originName(source);

const readAs = (finding: Finding): readonly Row[] => [
  ['Read as', `${nameOf(finding.source)} finding ${finding.type}`],
  ['Title', finding.title],
  ['Severity', `${finding.severity} (${finding.nativeSeverity || 'none given'})`],
  ['Where', `account ${finding.account || 'unknown'}, Region ${finding.region || 'unknown'}`],
  ...repeated(
    'Resources',
    finding.resources.map(({ kind, id, name }) => `${kind} ${id}${name ? ` (${name})` : ''}`),
  ),
  ...repeated(
    'Happened',
    finding.facts.map(({ label, value }) => `${label}: ${value}`),
  ),
  ['Seen', `${finding.count}×, ${finding.firstSeen} to ${finding.lastSeen}`],
  ...(finding.sample ? [['Sample', 'yes: about nothing that exists'] as const] : []),
  ['Same as', `every event with id ${finding.canonicalId}`],
  ['Worth edit', `when this changes: ${finding.fingerprint}`],
];

/** Which rule matched; which before it did not, and which after it would have. */
const rulesAsked = (finding: Finding, config: ReplayConfig): readonly Row[] => {
  const { rule, asked } = firstMatch(finding, config.rules);
  const answered = (answer: (typeof asked)[number]['answer']): string =>
    asked.flatMap((one) => (one.answer === answer ? [one.id] : [])).join(', ');
  const later = config.rules
    .slice(asked.length)
    .filter((other) => firstMatch(finding, [other]).rule)
    .map(({ id }) => id)
    .join(', ');
  const rows: readonly Row[] = [
    ['Rule', rule ? `${rule.id} is the first that matches` : 'none matches'],
    ['Also match', later && `${later}: later in the list, so they decide nothing`],
    ['Failed', answered('failed')],
    ['No match', answered('no match')],
  ];
  return rows.filter(([, value]) => value !== '');
};

const decided = (finding: Finding, config: ReplayConfig): readonly Row[] => {
  const decision = decide(finding, config);
  const because: Row = ['Because', decision.because];
  const { kind, rule } = decision;
  if (kind === 'drop') return [['Decision', `no card, by ${rule}`], because];
  const shown: readonly Row[] =
    decision.severity === finding.severity ? [] : [['Shown as', decision.severity]];
  if (kind === 'digest')
    return [['Decision', `in the digest only, by ${rule}: ${decision.title}`], because, ...shown];
  return [
    ['Decision', `card in ${decision.channel}, by ${rule}: ${decision.title}`],
    because,
    ['At risk', decision.atRisk],
    ...(decision.attack.length > 0 ? [['ATT&CK', decision.attack.join(', ')] as const] : []),
    ...routed(decision, config),
    ...shown,
    ['Actions', decision.actions.join(', ')],
    ...(decision.runbook ? [['Runbook', decision.runbook] as const] : []),
    ['Group key', decision.groupKey],
  ];
};

/** Whether somebody's suppression hides it; nothing where none were given. */
const suppressed = (finding: Finding, config: ReplayConfig): readonly Row[] => {
  if (!config.hidden) return [];
  const judgement = judged(finding, decide(finding, config), config);
  switch (judgement.kind) {
    case 'none':
      return [['Suppressed', `no: none of ${config.hidden.by.length} in force is about it`]];
    case 'suppressed':
      return [['Suppressed', `yes, by ${judgement.by.id}: ${judgement.because}`]];
    case 'broken':
      return [['Suppressed', `no: ${judgement.by.id} would end, because ${judgement.because}`]];
    default:
      return judgement satisfies never;
  }
};

/** Whom it calls and, where there are routes, which of them it took. */
const routed = (decision: CardDecision, config: ReplayConfig): readonly Row[] => {
  const people = decision.onCall?.join(', ') ?? 'the people on call';
  const byDay = config.quietHours && !atLeast(decision.severity, wakesAnybody);
  return [
    ...(config.routes?.length
      ? [['Route', decision.route ?? 'none matches: the default channel'] as const]
      : []),
    ...(decision.email ? [['Email', 'yes, through the pager topic'] as const] : []),
    ['Mentions', decision.mention ? `${people}${byDay ? ', outside quiet hours' : ''}` : 'nobody'],
  ];
};

/** The label once, then one value a line. */
const repeated = (label: string, values: readonly string[]): readonly Row[] =>
  values.map((value, index) => [index === 0 ? label : '', value]);

const table = (rows: readonly Row[]): string =>
  rows.map(([label, value]) => `${label.padEnd(12)} ${printable(value)}`).join('\n');

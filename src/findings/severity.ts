/** The services' own severities on Cordon's one scale (finding.ts). */
import { type Severity, severities } from './finding.ts';
import { text } from './read.ts';

/** Fatal is OCSF's word above critical. */
const otherWords = new Map<string, Severity>([
  ['INFO', 'INFORMATIONAL'],
  ['FATAL', 'CRITICAL'],
]);

/** `High`, `HIGH` or `high`; undefined for a word that is not on the scale. */
export const severityWord = (value: unknown): Severity | undefined => {
  const word = text(value, 32).toUpperCase();
  return severities.find((severity) => severity === word) ?? otherWords.get(word);
};

/**
 * For a finding whose service gives no severity that can be read: it gets a card with the default
 * configuration, and wakes nobody.
 */
export const unknownSeverity: Severity = 'MEDIUM';

/** Security Hub's old figure from 0 to 100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
export const normalizedSeverity = (figure: number): Severity => {
  if (figure >= 90) return 'CRITICAL';
  if (figure >= 70) return 'HIGH';
  if (figure >= 40) return 'MEDIUM';
  return figure > 0 ? 'LOW' : 'INFORMATIONAL';
};

/** One step down, but never out of sight: for what was tried and failed. */
export const milder = (severity: Severity): Severity =>
  severities[Math.max(severities.indexOf(severity) - 1, 1)] ?? severity;

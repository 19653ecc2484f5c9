/**
 * What a channel with many readers is shown: account ids, key ids, ARNs and addresses keep their last
 * four characters. Who may act gets the whole of it alone, with the card's Details.
 */
import type { DesiredMessage } from './cards/desired-message.ts';

/** The last four characters still tell two of them apart. */
const masked = (text: string): string => `…${text.slice(-4)}`;

/** The order matters: an ARN holds an account id, and ends at what cannot be in one. */
const secrets: readonly RegExp[] = [
  /\barn:aws[\w-]*:[^\s`'"<>|,()]+/g,
  /\b(?:AKIA|ASIA|AROA|AIDA|ANPA|AGPA)[A-Z0-9]{12,}\b/g,
  /(?<![\w.-])\d{12}(?![\w-])/g,
  /(?<![\d.])\d{1,3}(?:\[?\.\]?\d{1,3}){3}(?![\d.]*\d)/g,
  /(?<![\w:])(?=[\da-f:]*::|(?:[\da-f]{1,4}:){7})[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi,
];

export const redactedText = (text: string): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, masked), text);

/** Fields that people read; values and ids of controls stay what they are. */
const shown = new Set(['text', 'fallback', 'alt_text', 'accessibility_label']);

const redactedValue = (value: unknown, field: string): unknown => {
  if (typeof value === 'string') return shown.has(field) ? redactedText(value) : value;
  if (Array.isArray(value)) return value.map((each) => redactedValue(each, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, redactedValue(each, name)]),
  );
};

/** The message as readers of that channel may see it. */
export const forReaders = (
  message: DesiredMessage,
  channel: string,
  wideChannels: readonly string[],
): DesiredMessage =>
  wideChannels.includes(channel)
    ? {
        ...message,
        text: redactedText(message.text),
        blocks: redactedValue(message.blocks, 'blocks') as DesiredMessage['blocks'],
      }
    : message;

/** The emoji that Cordon uses: by Slack's short name, drawn by us where the system may have no emoji font. */
import { el, svg } from '../dom.ts';
import { art } from './emoji-art.ts';

/** Short name → Unicode, for names that have no drawing and for text copied out of the page. */
const unicode: Readonly<Record<string, string>> = {
  rotating_light: '🚨',
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  large_purple_circle: '🟣',
  white_circle: '⚪',
  black_circle: '⚫',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  hourglass_flowing_sand: '⏳',
  hourglass: '⌛',
  lock: '🔒',
  unlock: '🔓',
  warning: '⚠️',
  eyes: '👀',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  arrows_counterclockwise: '🔄',
  leftwards_arrow_with_hook: '↩️',
  octagonal_sign: '🛑',
  bust_in_silhouette: '👤',
  busts_in_silhouette: '👥',
  bell: '🔔',
  no_bell: '🔕',
  shield: '🛡️',
  key: '🔑',
  mag: '🔍',
  memo: '📝',
  information_source: 'ℹ️',
  zap: '⚡',
  fire: '🔥',
  stopwatch: '⏱️',
  alarm_clock: '⏰',
  speech_balloon: '💬',
  link: '🔗',
  tada: '🎉',
  wave: '👋',
  raised_hand: '✋',
  point_right: '👉',
  sunny: '☀️',
  crescent_moon: '🌙',
  test_tube: '🧪',
  chart_with_upwards_trend: '📈',
  bar_chart: '📊',
  books: '📚',
  package: '📦',
  zzz: '💤',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
};

const names = new Map(
  Object.entries(unicode).map(([name, char]) => [char.replace('\uFE0F', ''), name] as const),
);

/** The short name of a Unicode emoji, so that it looks the same as the `:name:` form; undefined for others. */
export const emojiName = (char: string): string | undefined =>
  names.get(char.replace('\uFE0F', ''));

/** The Unicode form of a short name, where no drawing fits; undefined when nobody knows it. */
export const emojiChar = (name: string): string | undefined => unicode[name];

/** Matches the Unicode emoji that have a short name here. */
export const emojiPattern = new RegExp(
  `(?:${[...names.keys()].map((char) => char.replace(/[+*?]/g, '\\$&')).join('|')})\\uFE0F?`,
  'u',
);

/** Draws `:name:`; a name that nobody knows stays text, as in Slack. */
export function drawEmoji(name: string): Node {
  const drawing = art[name];
  if (drawing) return svg(drawing, { class: 'emoji', role: 'img', 'aria-label': `${name} emoji` });
  const char = unicode[name];
  return char
    ? el('span', { class: 'emoji-char', role: 'img', 'aria-label': `${name} emoji` }, char)
    : document.createTextNode(`:${name}:`);
}

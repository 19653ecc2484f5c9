/** One button. docs.slack.dev/reference/block-kit/block-elements/button-element */
import type { Button } from '@slack/types';
import { plain } from '../text.ts';

export interface ButtonParts {
  readonly id: string;
  /** Slack shows about 30 characters. */
  readonly label: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  /** Opened in a browser when it is pressed; at most 3000 characters. */
  readonly url?: string;
}

export const button = (parts: ButtonParts): Button => ({
  type: 'button',
  action_id: parts.id,
  text: plain(parts.label, 75),
  value: parts.value,
  ...(parts.url ? { url: parts.url } : {}),
  ...(parts.style ? { style: parts.style } : {}),
});

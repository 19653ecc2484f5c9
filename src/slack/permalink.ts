/**
 * The address of a message. Slack's own pages take it for any workspace that the reader is signed in to.
 * docs.slack.dev/interactivity/deep-linking
 */
export interface MessagePlace {
  readonly channel: string;
  readonly ts: string;
}

export const permalinkOf = ({ channel, ts }: MessagePlace): string =>
  `https://slack.com/archives/${channel}/p${ts.replace('.', '')}`;

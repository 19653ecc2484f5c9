/** What is known of an account and of the directory that it is in, in words for people. */
import type { CordonConfig } from '../../config/config.ts';
import { utc } from '../../slack/duration.ts';

/** `unit workloads/prod, account owner: ana@example.com`; nothing where neither is known. Untrusted text. */
export const placeAndOwner = (
  { accounts }: Pick<CordonConfig, 'accounts'>,
  account: string,
): readonly string[] => {
  const { ou, owner } = accounts[account] ?? {};
  const said = [...(ou ? [`Unit ${ou}`] : []), ...(owner ? [`Account owner: ${owner}`] : [])];
  return said.length > 0 ? [said.join(' · ')] : [];
};

/** How old the accounts of Organizations are, and what keeps them from being read; nothing without them. */
export const directoryLines = ({
  directory,
}: Pick<CordonConfig, 'directory'>): readonly string[] => {
  if (!directory) return [];
  const { readAt, failing } = directory;
  return [
    readAt
      ? `Accounts, units and owners are as Organizations told them at ${utc(readAt)}.`
      : 'The accounts have not been read from Organizations yet.',
    ...(failing
      ? [
          `Since ${utc(failing.since)} they cannot be read in full: ${failing.because}. \`cordon doctor\` says what to do.`,
        ]
      : []),
  ];
};

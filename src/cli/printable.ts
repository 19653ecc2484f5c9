/**
 * Text from a finding for a terminal: control and invisible characters become a space, so that a
 * name in a finding can neither move the cursor nor pretend to be a line of ours.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ');

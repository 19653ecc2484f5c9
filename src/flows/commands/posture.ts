/** `/cordon posture`: where the organisation or one account stands, and where to act. */
import { andMore } from '../../findings/and-more.ts';
import { postureBlocks } from '../../slack/posture-blocks.ts';
import { directoryLines, placeAndOwner } from '../looking/account-lines.ts';
import { accountScope, posture as askPosture, wholeScope } from '../posture.ts';
import type { Command } from './command.ts';

export const posture: Command = {
  name: 'posture',
  uses: ['posture', 'posture ACCOUNT'],
  summary: 'how secure all accounts are, or one by its name or id: what to act on, and where',
  needs: 'responder or approver',
  answer: async (ports, { words }) => {
    const whole = wholeScope(ports);
    const asked = words.join(' ').toLowerCase();
    const one = whole.accounts.find(({ id, name }) => [id, name.toLowerCase()].includes(asked));
    if (asked !== '' && !one)
      return {
        title: 'Cordon does not know that account',
        lines: [
          `Known: ${andMore(
            whole.accounts.map(({ name }) => name),
            40,
          )}`,
          ports.config.directory
            ? 'An account is known once it was read from Organizations, or is in cordon.config.ts.'
            : 'An account is known once it is in cordon.config.ts.',
          ...directoryLines(ports.config),
        ],
      };
    const report = await askPosture(ports, one ? accountScope(one) : whole);
    return {
      title: one
        ? `Posture of ${one.name} (${one.id})`
        : `Posture of all ${whole.accounts.length} accounts`,
      lines: [...(one ? placeAndOwner(ports.config, one.id) : []), ...directoryLines(ports.config)],
      body: postureBlocks(report),
    };
  },
};

/** docs/simulated-aws.md: what the simulated AWS answers, generated from its handlers. */
import type { World } from './world.ts';

export const coverageTable = (world: Pick<World, 'operations'>): string =>
  `${[
    '# What the simulated AWS answers',
    '',
    'Generated from the handlers in `src/local/world/`; do not edit. Any other operation fails with',
    '`NotImplementedBySimulator` (501), which names the file to extend. Rights are enforced by the',
    'tables of `src/aws/rights.ts` and `src/actions/permissions.ts`; policy conditions are not.',
    '',
    '| service | operations |',
    '|---|---|',
    ...Object.entries(world.operations()).map(
      ([service, names]) => `| ${service} | ${names.join(', ')} |`,
    ),
  ].join('\n')}\n`;

/** What a configuration may leave open and an installation should not. */
import type { CordonConfig } from '../../../config/config.ts';
import { broken, type Verdict } from '../check.ts';

const nobody = ({
  users,
  groups,
}: {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}) => users.length + groups.length === 0;

export const configGaps = (config: CordonConfig): readonly Verdict[] => [
  ...(nobody(config.responders)
    ? [broken('responders is empty: nobody may act', 'Name users or user groups in responders.')]
    : []),
  ...(nobody(config.approvers)
    ? [broken('approvers is empty: nobody may approve', 'Name users or user groups in approvers.')]
    : []),
];

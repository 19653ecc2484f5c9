/** The entries of `automation.rules`, one line each, in the order in which they are asked. Pure. */
import { actionById } from '../../actions/index.ts';
import type { AutomationRule } from '../../config/automation.ts';
import type { CordonConfig } from '../../config/config.ts';

const whereOf = (
  { for: scope = {} }: AutomationRule,
  { accounts }: Pick<CordonConfig, 'accounts'>,
): string => {
  const parts = [
    ...(scope.accounts
      ? [`in ${scope.accounts.map((id) => accounts[id]?.name ?? id).join(', ')}`]
      : []),
    ...Object.entries(scope.tags ?? {}).map(([key, values]) => `on ${key}=${values.join('|')}`),
  ];
  return parts.length > 0 ? parts.join(' ') : 'everywhere';
};

export const automationLines = (
  config: Pick<CordonConfig, 'accounts' | 'automation'>,
): readonly string[] =>
  config.automation.rules.map(
    (entry) =>
      `${entry.id}: ${entry.mode} · ${entry.on.join(', ')} · ${whereOf(entry, config)} · ${
        entry.action
          ? (actionById(entry.action)?.title ?? entry.action)
          : 'the recommended playbook'
      }`,
  );

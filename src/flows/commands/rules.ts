/** `/cordon rules`: what decides about findings, and what one rule says. */
import { nearest } from '../../config/nearest.ts';
import type { Rule } from '../../rules/rule.ts';
import { type Command, pageOf } from './command.ts';

const details = (rule: Rule): readonly string[] => [
  `Because: ${rule.because}`,
  `At risk: ${rule.atRisk}`,
  `Severity: ${rule.severity ?? 'as the source says'}; offers ${rule.actions.join(', ') || 'no action'}`,
  ...(rule.attack.length > 0 ? [`ATT&CK: ${rule.attack.join(', ')}`] : []),
  ...(rule.runbook ? [`Runbook: ${rule.runbook}`] : []),
];

export const rules: Command = {
  name: 'rules',
  uses: ['rules', 'rules RULE'],
  summary: 'the rules that decide about findings, in their order, or what one of them says',
  needs: 'responder or approver',
  async answer(ports, { words: [id, ...more], page }) {
    if (more.length > 0) return 'usage';
    const all = ports.config.rules;
    if (!id) {
      const { shown, hasNext } = pageOf(all, page);
      return {
        title: `Rules: ${all.length}. The first that matches decides`,
        lines: [],
        entries: shown.map((rule) => ({ lines: [rule.id, rule.title] })),
        hasNext,
      };
    }
    const rule = all.find((one) => one.id === id.toLowerCase());
    if (rule) return { title: rule.title, lines: details(rule) };
    const meant = nearest(
      id,
      all.map((one) => one.id),
    );
    return {
      title: 'There is no such rule',
      lines: [meant ? `Did you mean ${meant}?` : '/cordon rules lists them.'],
    };
  },
};

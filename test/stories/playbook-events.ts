/** For each playbook the event that recommends it, for the stories about all of them. */
import { config as exampleConfig } from '../../cordon.config.ts';
import { addressesOf } from '../../src/findings/addresses.ts';
import { parse } from '../../src/findings/parse.ts';
import { playbookById, playbookFor, playbooks } from '../../src/playbooks/index.ts';
import { wantedOf } from '../../src/playbooks/steps.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';

/** Cards from INFORMATIONAL on, so that unused access is one too. */
export const severity = {
  mention: 'HIGH',
  card: 'INFORMATIONAL',
  digest: 'INFORMATIONAL',
} as const;

/** What a case of this event alone would recommend. */
const recommends = (event: unknown): string | undefined => {
  const finding = parse(event);
  if (finding.kind === 'ignored' || finding.sample) return undefined;
  const decision = decide(finding, { ...exampleConfig, severity });
  if (decision.kind !== 'card') return undefined;
  const resources = [...finding.resources, ...addressesOf(finding)];
  return playbookFor({ ...decision, type: finding.type, resources })?.id;
};

/** How many actions a case of this event alone would plan. */
const actionsFor = (event: unknown, id: string): number => {
  const finding = parse(event);
  const playbook = playbookById(id);
  return playbook && finding.kind === 'finding' ? wantedOf(playbook, finding.resources).length : 0;
};

/** Inspector tells its severity in the event; this playbook is for the worst of it. */
const raised = (event: unknown): unknown => {
  const told = event as { readonly detail: object };
  return { ...told, detail: { ...told.detail, severity: 'CRITICAL' } };
};

/** Of the examples of its own rules the one that gives it most to do. */
const eventFor = (id: string, rules: readonly string[]): unknown =>
  rules
    .flatMap((rule) => defaultRules.find((one) => one.id === rule)?.examples ?? [])
    .filter(({ matches }) => matches)
    .map(({ event }) => (id === 'vulnerable-image' ? raised(event) : event))
    .filter((event) => recommends(event) === id)
    .toSorted((a, b) => actionsFor(b, id) - actionsFor(a, id))[0];

/** Every playbook with its event, in the order of the list. */
export const told = playbooks.map(({ id, applies: { rules } }) => ({
  id,
  event: eventFor(id, rules),
}));

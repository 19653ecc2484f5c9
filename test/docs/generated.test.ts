import { expect, test } from 'vitest';
import { actionsTable } from '../../src/actions/actions-table.ts';
import { rightsTable } from '../../src/aws/rights-table.ts';
import { defaultsTable } from '../../src/config/defaults-table.ts';
import { commandsTable } from '../../src/flows/commands/commands-table.ts';
import { coverageTable } from '../../src/local/world/coverage.ts';
import { createWorld } from '../../src/local/world/world.ts';
import { playbooksDocument } from '../../src/playbooks/playbooks-document.ts';
import { postureTable } from '../../src/posture/posture-table.ts';
import { rulesTable } from '../../src/rules/rules-table.ts';
import { controlsTable } from '../../src/slack/controls-table.ts';

const world = createWorld({ now: () => 0, resources: {} });

test.each([
  ['actions.md', actionsTable()],
  ['commands.md', commandsTable()],
  ['controls.md', controlsTable()],
  ['defaults.md', defaultsTable()],
  ['playbooks.md', playbooksDocument()],
  ['posture.md', postureTable()],
  ['rights.md', rightsTable()],
  ['rules.md', rulesTable()],
  ['simulated-aws.md', coverageTable(world)],
])('docs/%s is what the code says (vitest --update writes it)', async (file, text) => {
  await expect(text).toMatchFileSnapshot(`../../docs/${file}`);
});

/** The refusals of every action. One that is missing here fails test/actions/refused.test.ts. */
import { dataRefusals } from './data.ts';
import { findingRefusals } from './findings.ts';
import { identityRefusals } from './identities.ts';
import { instanceRefusals } from './instances.ts';
import { networkRefusals } from './network.ts';
import { recordRefusals } from './records.ts';
import { serviceRefusals } from './services.ts';
import type { RefusalTable } from './table.ts';

export const refusalTables: readonly RefusalTable[] = [
  ...instanceRefusals,
  ...networkRefusals,
  ...identityRefusals,
  ...dataRefusals,
  ...serviceRefusals,
  ...recordRefusals,
  ...findingRefusals,
];

/** Every scenario of a drill, in the order in which `/cordon drill` lists them. A new one is a file and a line here. */
import { bucketExfiltration } from './bucket-exfiltration.ts';
import { compromisedInstance } from './compromised-instance.ts';
import { publicBucket } from './public-bucket.ts';
import { rootUse } from './root-use.ts';
import type { Scenario } from './scenario.ts';
import { type ScenarioId, scenarioIds } from './scenario-ids.ts';
import { stolenKey } from './stolen-key.ts';

const byId: Readonly<Record<ScenarioId, Scenario>> = {
  'stolen-key': stolenKey,
  'compromised-instance': compromisedInstance,
  'public-bucket': publicBucket,
  'bucket-exfiltration': bucketExfiltration,
  'root-use': rootUse,
};

export const scenarios: readonly Scenario[] = scenarioIds.map((id) => byId[id]);

export const scenarioById = (id: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.id === id);

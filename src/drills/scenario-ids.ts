/** The names of the scenarios apart from them: the configuration needs no more, and all functions read it. */
export const scenarioIds = [
  'stolen-key',
  'compromised-instance',
  'public-bucket',
  'bucket-exfiltration',
  'root-use',
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

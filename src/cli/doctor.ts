/** `cordon doctor`: what is wrong with an installation, before and after it is deployed, and what to do. */
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load.ts';
import { afterDeployment } from './doctor/after/index.ts';
import { awsSite } from './doctor/aws-site.ts';
import { beforeDeployment } from './doctor/before/index.ts';
import { type Checked, inLines, isHealthy, runChecks } from './doctor/run.ts';

export interface DoctorOptions {
  readonly configFile: string;
  readonly manifestFile: string;
  /** Only what can be looked at without a deployment. */
  readonly before: boolean;
  readonly json: boolean;
  readonly print: (line: string) => void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Undefined when it cannot be used, which the checks before have told. */
const usable = async (file: string) => {
  try {
    return await loadConfig(file);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
};

/** Answers the exit code: 0 healthy, 1 something is broken. */
export const doctor = async (options: DoctorOptions): Promise<number> => {
  const { configFile, manifestFile, print } = options;
  const tell = (checked: Checked): void => {
    if (!options.json) print(inLines(checked));
  };
  const place = { node: process.versions.node, configFile, manifestFile, root };
  const before = await runChecks(beforeDeployment, place, tell);
  const config = options.before ? undefined : await usable(configFile);
  const after = config ? await runChecks(afterDeployment, awsSite(config), tell) : [];
  const all = [...before, ...after];
  if (options.json) print(JSON.stringify({ healthy: isHealthy(all), checks: all }, undefined, 2));
  else print(isHealthy(all) ? 'Healthy.' : 'Something is broken: see the lines with an arrow.');
  return isHealthy(all) ? 0 : 1;
};

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CordonConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { readConfig } from './define-config.ts';

/**
 * Imports the configuration file, by default `cordon.config.ts` of the working directory, and
 * checks what it exports as `config`. Throws `ConfigError` when the file, the export or anything in
 * it is not as it should be; what the file itself throws is passed on.
 */
export const loadConfig = async (file = 'cordon.config.ts'): Promise<CordonConfig> => {
  const path = resolve(file);
  if (!existsSync(path)) {
    const remedy = 'Start Cordon in the folder of your configuration, or name the file.';
    throw new ConfigError([{ path: file, problem: 'does not exist', remedy }]);
  }
  const module: { readonly config?: unknown } = await import(pathToFileURL(path).href);
  if (module.config === undefined) {
    const remedy = 'Write `export const config = defineConfig({ … })`.';
    throw new ConfigError([{ path: file, problem: 'exports no `config`', remedy }]);
  }
  return readConfig(module.config);
};

/** Whether moto's server is on this machine: the lane runs with it or says loudly that it does not. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of `moto_server`; undefined when no folder of `PATH` has it. */
export const findMoto = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'moto_server'))
    .find(isExecutable);

/**
 * The lane's test files. Without moto none, after saying so; an error where `REQUIRE_MOTO=1`
 * forbids to skip.
 */
export const motoTests = (): readonly string[] => {
  if (findMoto()) return ['test/moto/**/*.test.ts'];
  const because = "skipped: pip install 'moto[server]==5.2.1'";
  if (process.env['REQUIRE_MOTO'] === '1') throw new Error(`moto lane ${because}`);
  process.stderr.write(`\nmoto lane ${because}\n\n`);
  return [];
};

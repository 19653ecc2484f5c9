import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load.ts';
import { defaultRules } from '../../src/rules/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cordon-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, source: string): string => {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
};

describe('loading the configuration', () => {
  it("reads the repository's own example from the working directory", async () => {
    const config = await loadConfig();
    expect(config).toMatchObject({
      workspace: 'T0CORDON',
      channel: 'C0SECURITY',
      responders: { users: [], groups: ['S0SECRESP'] },
      approvers: { users: [], groups: ['S0SECAPPR'] },
      onCall: { users: [], groups: ['S0SECRESP'] },
      identities: [{ id: 'ana.ortiz@example.com', slack: ['U0ANA', 'U0ANA2'] }],
      securityAccount: '999988887777',
      homeRegion: 'eu-west-1',
      actOnSamples: false,
    });
    expect(config.rules).toEqual(defaultRules);
    expect(Object.entries(config.accounts).filter(([, account]) => !account.response)).toEqual([
      ['444455556666', { name: 'legacy-erp', response: false }],
    ]);
  });

  it('checks a file that does not use defineConfig', async () => {
    const file = written('raw.mjs', "export const config = { workspace: 'T0CORDON' };");
    await expect(loadConfig(file)).rejects.toThrow('- channel is missing. Use a channel id');
  });

  it('says which file is missing', async () => {
    const file = join(folder, 'nowhere.config.ts');
    await expect(loadConfig(file)).rejects.toThrow(ConfigError);
    await expect(loadConfig(file)).rejects.toThrow(`- ${file} does not exist. Start Cordon in`);
  });

  it('says what to export', async () => {
    const file = written('default.mjs', 'export default { };');
    await expect(loadConfig(file)).rejects.toThrow(
      'exports no `config`. Write `export const config',
    );
  });

  it('passes on what the file itself throws', async () => {
    const file = written('throws.mjs', "throw new Error('from the file');");
    await expect(loadConfig(file)).rejects.toThrow('from the file');
  });
});

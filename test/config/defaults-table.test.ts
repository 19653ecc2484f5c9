import { describe, expect, it } from 'vitest';
import { defaults } from '../../src/config/defaults.ts';
import { defaultsTable } from '../../src/config/defaults-table.ts';

describe('docs/defaults.md', () => {
  it('is what the defaults say (vitest --update writes it)', async () => {
    await expect(defaultsTable()).toMatchFileSnapshot('../../docs/defaults.md');
  });

  it.each(Object.entries(defaults))('%s has a value, a reason and a place', (id, setting) => {
    const row = defaultsTable()
      .split('\n')
      .filter((line) => line.startsWith(`| \`${id}\` |`));
    expect(row).toHaveLength(1);
    expect(row[0]?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      `\`${id}\``,
      `\`${setting.value}\``,
      expect.stringMatching(/^[a-z].{20,}[^.]$/),
      expect.stringMatching(/^[a-z].{10,}[^.]$/),
      '',
    ]);
  });
});

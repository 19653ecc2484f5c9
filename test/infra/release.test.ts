/** What a release has besides the functions. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { checksums, releaseTemplates } from '../../infra/release.ts';

process.env['CDK_VALIDATION'] = 'false';
const files = releaseTemplates(example);

test('every template is there, and none needs the bootstrap of CDK', () => {
  expect([...files.keys()].sort()).toEqual([
    'cordon-baseline.template.json',
    'cordon-forward-member.template.json',
    'cordon-forward.template.json',
    'cordon.template.json',
    'member-role.yaml',
    'protect-cordon-scp.json',
  ]);
  for (const [name, text] of files)
    expect(text, name).not.toMatch(
      /BootstrapVersion|cdk-bootstrap|cdk-[a-z0-9]{9}-(?:assets|deploy|cfn-exec)|hnb659fds/,
    );
  const home = JSON.parse(files.get('cordon.template.json') ?? '');
  expect(home.Parameters).toHaveProperty('CodeBucket');
  expect(home.Parameters).toHaveProperty('CodePrefix');
});

test('the checksums are those of the files', () => {
  const lines = checksums(files).trimEnd().split('\n');
  expect(lines).toHaveLength(files.size);
  for (const line of lines) {
    const [sum, name = ''] = line.split('  ');
    expect(sum).toBe(
      createHash('sha256')
        .update(files.get(name) ?? '')
        .digest('hex'),
    );
  }
});

/** The evidence bucket of a function that writes into it, opened when it is first used. */
import type { Vault } from '../audit/ports.ts';
import type { Deployment } from './deployment.ts';
import { clientConfig, type Outside } from './outside.ts';

/** Loads the S3 client: most invocations do without. */
export const openVault = async (
  { region, evidenceBucket }: Pick<Deployment, 'region' | 'evidenceBucket'>,
  outside: Outside,
): Promise<Vault> => {
  const [{ S3Client }, { s3Vault }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('../aws/s3-vault.ts'),
  ]);
  const s3 = new S3Client(clientConfig(outside, region));
  outside.onClient?.(s3, 's3');
  return s3Vault(s3, evidenceBucket);
};

/** The evidence bucket behind the real S3 client: a local folder in which nothing is overwritten. */
import { NoSuchKey } from '@aws-sdk/client-s3';
import type { Vault } from '../../audit/ports.ts';
import type { SdkClient } from '../../aws/sdk-client.ts';
import { AwsError } from '../world/aws-error.ts';

interface Input {
  readonly Key?: string;
  readonly Body?: unknown;
  readonly Prefix?: string;
  readonly StartAfter?: string;
}

const answer = async (vault: Vault, command: string, input: Input): Promise<object> => {
  switch (command) {
    case 'PutObjectCommand':
      if ((await vault.put(input.Key ?? '', String(input.Body))) === 'exists')
        throw new AwsError('PreconditionFailed', 'a pre-condition did not hold', 412);
      return {};
    case 'GetObjectCommand': {
      const text = await vault.get(input.Key ?? '');
      if (text === undefined)
        throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} });
      return { Body: { transformToString: async () => text } };
    }
    case 'ListObjectsV2Command': {
      const keys = await vault.list(input.Prefix ?? '', input.StartAfter ?? '');
      return { Contents: keys.map((Key) => ({ Key })), IsTruncated: false };
    }
    default:
      throw new AwsError(
        'NotImplementedBySimulator',
        `${command}: add it to runtime/bucket.ts`,
        501,
      );
  }
};

type Middleware = (
  next: unknown,
  context: { readonly commandName?: string },
) => (args: { readonly input: Input }) => Promise<unknown>;

/** Answers every call of this client from the vault. Rights are checked before, by `guard`. */
export const attachBucket = (client: SdkClient, vault: Vault): void => {
  const middleware: Middleware = (_next, context) => async (args) => ({
    output: { $metadata: {}, ...(await answer(vault, context.commandName ?? '', args.input)) },
    response: {},
  });
  const options = { step: 'initialize', priority: 'low', name: 'localBucket' };
  client.middlewareStack.add(middleware as never, options as never);
};

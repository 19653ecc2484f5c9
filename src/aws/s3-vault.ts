/**
 * The evidence bucket as the audit's vault: an object is written once, under the bucket's object
 * lock. docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Vault } from '../audit/ports.ts';

const isTaken = (error: unknown): boolean =>
  error instanceof Error && error.name === 'PreconditionFailed';

export const s3Vault = (client: S3Client, bucket: string): Vault => ({
  async put(key, body) {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: 'application/json',
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      return 'put';
    } catch (error) {
      if (isTaken(error)) return 'exists';
      throw error;
    }
  },
  async get(key) {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return await answer.Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  async list(prefix, after) {
    const keys: string[] = [];
    const pages = paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: prefix, StartAfter: after },
    );
    for await (const page of pages)
      keys.push(...(page.Contents ?? []).flatMap((object) => object.Key ?? []));
    return keys;
  },
});

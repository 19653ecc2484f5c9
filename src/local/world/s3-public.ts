/**
 * Whether S3 counts a bucket policy as public: an allow for everybody that no condition ties to
 * fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const fixing =
  /^(aws:(Source(Arn|Account|Owner|Vpc|Vpce|Ip)|Principal(Arn|OrgID|Account)|userid)|s3:DataAccessPoint(Arn|Account))$/i;

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A positive test against something without a wildcard. */
const isTied = (condition: unknown): boolean =>
  isObject(condition) &&
  Object.entries(condition).some(
    ([operator, keys]) =>
      !/Not/.test(operator) &&
      isObject(keys) &&
      Object.entries(keys).some(
        ([key, values]) =>
          fixing.test(key) &&
          listOf(values).every((value) => !/[*?]|^(0\.0\.0\.0|::)\/0$/.test(String(value))),
      ),
  );

const isForAll = (principal: unknown): boolean =>
  listOf(isObject(principal) && !Array.isArray(principal) ? principal['AWS'] : principal).includes(
    '*',
  );

export const isPublicPolicy = (text: string): boolean => {
  const policy: unknown = JSON.parse(text);
  return listOf(isObject(policy) ? policy['Statement'] : undefined).some(
    (statement) =>
      isObject(statement) &&
      statement['Effect'] === 'Allow' &&
      isForAll(statement['Principal']) &&
      !isTied(statement['Condition']),
  );
};

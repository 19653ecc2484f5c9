/**
 * The limit: what Cordon's web does for a click, by hand and without Bolt. The secret is fetched, the
 * signature and its age are checked, and the signed request is kept on the queue before the answer.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const { env } = process;
const mac = (key, text) => createHmac('sha256', key).update(text).digest();
const hash = (text) => createHash('sha256').update(text).digest('hex');

const call = async (service, version, target, input) => {
  const url = new URL(env.AWS_ENDPOINT_URL ?? `https://${service}.${env.AWS_REGION}.amazonaws.com`);
  const body = JSON.stringify(input);
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${env.AWS_REGION}/${service}/aws4_request`;
  const signed = 'host;x-amz-date';
  const canonical = `POST\n/\n\nhost:${url.host}\nx-amz-date:${date}\n\n${signed}\n${hash(body)}`;
  const key = scope.split('/').reduce(mac, `AWS4${env.AWS_SECRET_ACCESS_KEY}`);
  const signature = mac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(canonical)}`);
  const headers = {
    'content-type': `application/x-amz-json-1.${version}`,
    'x-amz-target': target,
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${env.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${signed}, Signature=${signature.toString('hex')}`,
  };
  const { request } = process.getBuiltinModule(url.protocol.slice(0, -1));
  const answer = await new Promise((resolve, reject) =>
    request(url, { method: 'POST', headers }, resolve).on('error', reject).end(body),
  );
  let text = '';
  for await (const part of answer) text += part;
  return JSON.parse(text);
};

const secret = call('secretsmanager', 1, 'secretsmanager.GetSecretValue', {
  SecretId: env.CORDON_SLACK_SECRET_ID,
});

export const handler = async ({ body, headers }) => {
  const raw = Buffer.from(body, 'base64').toString();
  const at = headers['x-slack-request-timestamp'];
  const [key] = JSON.parse((await secret).SecretString).signingSecrets;
  const mine = Buffer.from(`v0=${mac(key, `v0:${at}:${raw}`).toString('hex')}`);
  const given = Buffer.from(headers['x-slack-signature']);
  if (Math.abs(Date.now() / 1000 - at) > 300 || !timingSafeEqual(mine, given))
    return { statusCode: 401 };
  const { user } = JSON.parse(new URLSearchParams(raw).get('payload'));
  await call('sqs', 0, 'AmazonSQS.SendMessage', {
    QueueUrl: env.CORDON_JOBS_QUEUE_URL,
    MessageBody: JSON.stringify({ raw, at }),
    MessageGroupId: user.id,
    MessageDeduplicationId: `${given}`,
  });
  return { statusCode: 200 };
};

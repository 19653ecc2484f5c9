/** Stand-ins for the two things web talks to: AWS's JSON protocols and Slack's Web API. */
import { createHash } from 'node:crypto';
import { type Loopback, loopback } from '../../bench/house/loopback.ts';

interface Call {
  /** `secretsmanager.GetSecretValue`, `AmazonSQS.SendMessage`, `slack views.open`. */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface StandIns {
  readonly calls: Call[];
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The SDK checks the digest that SQS answers with. */
const answers: Readonly<Record<string, (input: Call['input'], secret: string) => unknown>> = {
  'secretsmanager.GetSecretValue': (_input, secret) => ({ SecretString: secret }),
  'AmazonSQS.SendMessage': ({ MessageBody: body }) => ({
    MessageId: 'm-1',
    MD5OfMessageBody: createHash('md5').update(String(body)).digest('hex'),
  }),
  'slack views.open': () => ({ ok: true, view: { id: 'V1' } }),
};

const inputOf = (body: string, contentType: string): Call['input'] =>
  contentType.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));

/** `secret` is the text that Secrets Manager keeps. */
export const startStandIns = async (secret: string): Promise<StandIns> => {
  const calls: Call[] = [];
  const server: Loopback = await loopback(({ path, headers, body }, response) => {
    const name = String(headers['x-amz-target'] ?? `slack ${path.replace('/api/', '')}`);
    const input = inputOf(body, headers['content-type'] ?? '');
    calls.push({ name, input });
    const answer = answers[name]?.(input, secret);
    response.writeHead(answer ? 200 : 501, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { __type: 'NotImplementedByStandIn' }));
  });
  return {
    calls,
    environment: {
      AWS_ENDPOINT_URL: `http://${server.host}`,
      SLACK_API_URL: `http://${server.host}/api/`,
    },
    close: server.close,
  };
};

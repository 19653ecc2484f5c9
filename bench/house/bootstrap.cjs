/**
 * The smallest Lambda runtime: takes events from the Runtime API and hands them to a handler. Over
 * node:http, because the first fetch of a process costs more than most handlers; CommonJS, because a
 * process that starts with an ES module costs half as much again before its first line.
 * docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const { Agent, request } = require('node:http');
const { fileURLToPath } = require('node:url');

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (method, path, value) =>
  new Promise((resolve, reject) => {
    const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime${path}`;
    request(url, { agent, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ headers: response.headers, body }));
    })
      .on('error', reject)
      .end(value === undefined ? undefined : JSON.stringify(value));
  });
const described = (error) => ({ errorType: error.name, errorMessage: error.message });

const load = async () => {
  try {
    // As the runtime of Lambda does: an ES module is imported, CommonJS is required.
    const file = process.env.LAMBDA_TASK_ROOT;
    return (file.endsWith('.mjs') ? await import(file) : require(fileURLToPath(file))).handler;
  } catch (error) {
    await ask('POST', '/init/error', described(error));
    return process.exit(1);
  }
};

const main = async () => {
  const handler = await load();
  for (;;) {
    const { headers, body } = await ask('GET', '/invocation/next');
    const awsRequestId = headers['lambda-runtime-aws-request-id'];
    const told = `/invocation/${awsRequestId}`;
    try {
      const answer = await handler(JSON.parse(body), { awsRequestId });
      await ask('POST', `${told}/response`, answer ?? null);
    } catch (error) {
      await ask('POST', `${told}/error`, described(error));
    }
  }
};

void main();

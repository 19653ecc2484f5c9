/**
 * The smallest Lambda runtime: takes events from the Runtime API and hands them to a handler.
 * docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const tell = (path, value) =>
  fetch(`${api}${path}`, { method: 'POST', body: JSON.stringify(value) });
const described = (error) => ({ errorType: error.name, errorMessage: error.message });

let handler;
try {
  ({ handler } = await import(process.env.LAMBDA_TASK_ROOT));
} catch (error) {
  await tell('/init/error', described(error));
  process.exit(1);
}
for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const awsRequestId = next.headers.get('lambda-runtime-aws-request-id');
  const event = await next.json();
  try {
    await tell(`/invocation/${awsRequestId}/response`, await handler(event, { awsRequestId }));
  } catch (error) {
    await tell(`/invocation/${awsRequestId}/error`, described(error));
  }
}

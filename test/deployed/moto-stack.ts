/** CreateStack in moto of a template as it is synthesised, less what moto lacks; that is printed. */
import { setTimeout } from 'node:timers/promises';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
    >
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** Each with the reason. */
const lacking: Readonly<Record<string, string>> = {
  'AWS::Lambda::EventSourceMapping': 'moto would drain the queue itself and run nothing',
  'AWS::ApiGatewayV2::Api': 'moto does not say where an HTTP API is',
  'AWS::CloudWatch::Dashboard': 'moto does not say what the alarms that it shows are called',
  'Custom::GuardDutyForAll': 'moto runs no function; the test runs the one of the template',
  'Custom::InspectorForAll': 'moto runs no function; the test runs the one of the template',
  'AWS::Events::Archive': 'moto cannot read the pattern of an archive',
};

/** What refers to something that was taken out goes too. */
const mentions = (value: unknown, gone: ReadonlySet<string>): boolean => {
  if (Array.isArray(value)) return value.some((each) => mentions(each, gone));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      (key === 'Ref' && gone.has(String(inner))) ||
      (key === 'Fn::GetAtt' && Array.isArray(inner) && gone.has(String(inner[0]))) ||
      mentions(inner, gone),
  );
};

/** An example address in the place of an API's, wherever something is only told it. */
const withoutEndpoints = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutEndpoints);
  if (typeof value !== 'object' || value === null) return value;
  const attribute: unknown = Reflect.get(value, 'Fn::GetAtt');
  if (Array.isArray(attribute) && attribute[1] === 'ApiEndpoint') return 'https://api.example.com';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutEndpoints(inner)]),
  );
};

/** Grows until nothing that stays refers to what goes. */
const goneOf = ({ Resources }: Template): ReadonlySet<string> => {
  const entries = Object.entries(Resources);
  const gone = new Set(entries.filter(([, { Type }]) => lacking[Type]).map(([id]) => id));
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const [id, resource] of entries) if (mentions(resource, gone)) gone.add(id);
  }
  return gone;
};

const strip = (
  asMade: Template,
): { readonly kept: Template; readonly stripped: readonly string[] } => {
  const template = withoutEndpoints(asMade) as Template;
  const gone = goneOf(template);
  const types = [...gone].map((id) => template.Resources[id]?.Type ?? '');
  const outputs = Object.entries(template.Outputs ?? {});
  return {
    kept: {
      ...template,
      Resources: Object.fromEntries(
        Object.entries(template.Resources).filter(([id]) => !gone.has(id)),
      ),
      Outputs: Object.fromEntries(outputs.filter(([, output]) => !mentions(output, gone))),
    },
    stripped: [...new Set(types)].map(
      (type) =>
        `${types.filter((each) => each === type).length} × ${type}: ${lacking[type] ?? 'it needs what was left out'}`,
    ),
  };
};

const call = async (
  { endpoint, credentials, region }: Place,
  parameters: Readonly<Record<string, string>>,
): Promise<string> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261122/${region}/cloudformation/aws4_request, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Version: '2010-05-15', ...parameters }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`CloudFormation in moto: ${text.slice(0, 800)}`);
  return text;
};

interface Place {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly region: string;
}

/** Resolves when the stack is complete; answers what was left out. */
export const createStack = async (
  place: Place,
  stack: {
    readonly name: string;
    readonly template: Template;
    readonly parameters: Readonly<Record<string, string>>;
  },
): Promise<readonly string[]> => {
  const { kept, stripped } = strip(stack.template);
  const parameters = Object.entries(stack.parameters).flatMap(([key, value], n) => [
    [`Parameters.member.${n + 1}.ParameterKey`, key],
    [`Parameters.member.${n + 1}.ParameterValue`, value],
  ]);
  await call(place, {
    Action: 'CreateStack',
    StackName: stack.name,
    TemplateBody: JSON.stringify(kept),
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
    ...Object.fromEntries(parameters),
  });
  for (let tries = 0; tries < 50; tries += 1) {
    const told = await call(place, { Action: 'DescribeStacks', StackName: stack.name });
    const status = /<StackStatus>(\w+)</.exec(told)?.[1];
    if (status === 'CREATE_COMPLETE') return stripped;
    if (status !== 'CREATE_IN_PROGRESS') throw new Error(`the stack ended as ${status}`);
    await setTimeout(100);
  }
  throw new Error('the stack is still being created');
};

/** docs/rights.md: which function may do what on which of Cordon's own resources. */
import {
  type FunctionName,
  functionNames,
  functionRights,
  type OwnResource,
  ownResources,
} from './rights.ts';

/** One word for the IAM actions that belong together. */
const words: Readonly<Record<string, readonly string[]>> = {
  read: ['dynamodb:GetItem', 'secretsmanager:GetSecretValue', 's3:GetObject'],
  'read many': ['dynamodb:BatchGetItem'],
  query: ['dynamodb:Query'],
  put: ['dynamodb:PutItem', 's3:PutObject'],
  update: ['dynamodb:UpdateItem'],
  delete: ['dynamodb:DeleteItem'],
  send: ['sqs:SendMessage'],
  receive: [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ],
  start: ['states:StartExecution'],
  'ask how it ended': ['states:DescribeExecution'],
  list: ['s3:ListBucket'],
  publish: ['sns:Publish'],
  assume: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
};

const wordFor = (action: string): string =>
  Object.keys(words).find((word) => words[word]?.includes(action)) ?? action;

const cell = (name: FunctionName, resource: OwnResource): string => {
  const actions = functionRights[name]
    .filter(({ on }) => on === resource)
    .flatMap((right) => right.actions);
  return [...new Set(actions.map(wordFor))].join(', ');
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const resources = Object.entries(ownResources) as readonly (readonly [OwnResource, string])[];

export const rightsTable = (): string =>
  [
    '# What each function may do',
    '',
    'Generated from `src/aws/rights.ts`; do not edit. An empty cell is a right that is not given. The',
    'local world enforces this table, and `npm run test:deployed` fails when the built functions need a right that',
    'is not in it, or do without one that is. No function may scan a table, and none may delete evidence.',
    'What the member roles may do inside an account is another list: `npx cordon policy` prints it.',
    '',
    row(['', ...functionNames.map((name) => `\`${name}\``)]),
    row(['', ...functionNames].map(() => '---')),
    ...resources.map(([resource, kind]) =>
      row([`**${resource}** (${kind})`, ...functionNames.map((name) => cell(name, resource))]),
    ),
    '',
    '| word | IAM actions |',
    '|---|---|',
    ...Object.entries(words).map(([word, actions]) =>
      row([word, actions.map((action) => `\`${action}\``).join(', ')]),
    ),
    '',
  ].join('\n');

/** AWS: who asks, the functions and templates, the stack, the member role of this account, and a look at all of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { errorWords } from '../doctor/check.ts';
import { type Context, type Step, StepProblem } from './step.ts';

export const aws: Step = {
  id: 'aws',
  title: 'The AWS account',
  async run(context) {
    const region = await context.ask({
      id: 'region',
      text: 'Home region: where Security Hub aggregates',
      problem: (answer) =>
        /^[a-z]{2}(-[a-z]+)+-\d$/.test(answer) ? undefined : 'For example eu-west-1.',
    });
    context.learn('region', region);
    try {
      context.learn('account', await context.cloud.account());
    } catch (error) {
      throw new StepProblem(
        `AWS does not say who asks: ${errorWords(error)}`,
        'Set credentials (AWS_PROFILE, or aws sso login) of the account that Cordon is to run in.',
      );
    }
    context.say(`Cordon will run in account ${context.fact('account')}, ${region}.`);
  },
};

const version = (): string => {
  const { version: found }: { version: string } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  return found;
};

/** IAM, sign-in and Organizations report there, whatever region is home. */
const globalRegion = 'us-east-1';

/** What is reported there goes to the security bus: docs/install.md, "Other regions". */
const forwardGlobal = (
  { cloud, fact, say }: Context,
  place: { readonly bucket: string; readonly prefix: string },
  templates: string,
): Promise<unknown> => {
  const name = 'cordon-forward';
  const template = `${name}.template.json`;
  say(`Deploying the stack ${name} in ${globalRegion}, where global services report …`);
  return cloud.deploy({
    name,
    bucket: place.bucket,
    key: `${place.prefix}${template}`,
    file: join(templates, template),
    region: globalRegion,
    parameters: { SecurityBusArn: fact('SecurityBusArn') },
  });
};

export const deploy: Step = {
  id: 'deploy',
  title: 'The deployment',
  async run(context) {
    const { cloud, fact } = context;
    const bucket = await context.ask({
      id: 'bucket',
      text: 'A bucket of yours in this region, for the code',
      problem: (answer) =>
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(answer) ? undefined : 'That is no bucket’s name.',
    });
    // Shared with the member roles, so made once and kept.
    if (!context.knows('externalId')) context.learn('externalId', context.newId());
    context.say('Building and synthesising …');
    const { zips, templates } = await cloud.make(context.configFile);
    const prefix = `cordon/${version()}/`;
    await cloud.upload(zips, { bucket, prefix }, '.zip');
    await cloud.upload(templates, { bucket, prefix }, '.template.json');
    context.say('Deploying the stack cordon; this takes some minutes …');
    const outputs = await cloud.deploy({
      name: 'cordon',
      bucket,
      key: `${prefix}cordon.template.json`,
      file: join(templates, 'cordon.template.json'),
      parameters: { CodeBucket: bucket, CodePrefix: prefix, ExternalId: fact('externalId') },
    });
    context.learn('bucket', bucket);
    context.learn('prefix', prefix);
    for (const [name, value] of Object.entries(outputs)) context.learn(name, value);
    if (fact('region') !== globalRegion)
      await forwardGlobal(context, { bucket, prefix }, templates);
  },
};

export const memberRole: Step = {
  id: 'member-role',
  title: 'The role to read with',
  async run(context) {
    const { cloud, fact } = context;
    const folder = new URL('../../../infra/', import.meta.url).pathname;
    const { roleNames } = await loadConfig(context.configFile);
    const place = { bucket: fact('bucket'), prefix: fact('prefix') };
    await cloud.upload(folder, place, 'member-role.yaml');
    await cloud.deploy({
      name: 'cordon-member',
      bucket: place.bucket,
      key: `${place.prefix}member-role.yaml`,
      file: join(folder, 'member-role.yaml'),
      parameters: {
        SecurityAccount: fact('account'),
        ExternalId: fact('externalId'),
        RolePath: roleNames.path,
        RolePrefix: roleNames.prefix,
      },
    });
  },
};

export const firstCard: Step = {
  id: 'first-card',
  title: 'The first card',
  async run(context) {
    const broken = await context.examine(await loadConfig(context.configFile));
    mkdirSync(context.folder, { recursive: true });
    writeFileSync(join(context.folder, 'doctor.txt'), `${broken.join('\n')}\n`);
    if (broken.length > 0)
      throw new StepProblem(
        `the doctor finds ${broken.length} thing(s) broken:\n${broken.join('\n')}`,
        'Mend them; each says how. Then run `cordon install` again.',
      );
    context.say(
      'A synthetic finding became a card and went again. For a card that stays:\n' +
        'aws guardduty create-sample-findings --detector-id … --finding-types UnauthorizedAccess:EC2/TorClient',
    );
  },
};

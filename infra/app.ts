/**
 * The CDK app: `npm run synth` writes templates that deploy without CDK's bootstrap, for their code
 * comes from a bucket of yours. With CORDON_BUILT=dist the functions built there go along instead.
 */
import { loadConfig } from '../src/config/load.ts';
import { cordonApp } from './stacks.ts';

cordonApp({
  config: await loadConfig(process.env['CORDON_CONFIG']),
  checked: true,
  built: process.env['CORDON_BUILT'],
}).synth();

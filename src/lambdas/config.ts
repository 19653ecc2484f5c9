/** The owner's configuration, put into the bundle by build.mjs; checked as `cordon start` does. */
import { config as written } from '../../cordon.config.ts';
import { readConfig } from '../config/define-config.ts';

export const config = readConfig(written);

/** Where the installation of this lane is. */
export const region = 'eu-west-1';
export const home = '999988887777';
export const member = '123456789012';

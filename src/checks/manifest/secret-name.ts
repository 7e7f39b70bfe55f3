import type { EnvironmentVariable } from '../../inspect/container.js';

const SECRET_NAME =
  /(^|_)(TOKEN|API_?KEY|ACCESS_KEY(_ID)?|SECRET(_KEY)?|PASSWORD|PASSWD|CREDENTIALS?|PRIVATE_KEY)$/i;
/** Switches and numbers whose names merely end like a secret's. */
const HARMLESS = /^(\d*|true|false|yes|no|on|off|none|auto)$/i;

/** Whether a variable holds a secret in plain text, judged by its name; paths, switches and references are none. */
export function namesSecret({ name, value }: EnvironmentVariable): boolean {
  if (value === undefined || HARMLESS.test(value) || value.startsWith('/') || value.startsWith('$'))
    return false;
  return SECRET_NAME.test(name);
}

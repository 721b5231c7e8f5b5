import { whole } from '../http.ts';
import { type Scenario, scenario, send } from '../scenario.ts';

const names = {
  301: '301 Moved Permanently',
  302: '302 Found',
  307: '307 Temporary Redirect',
  308: '308 Permanent Redirect',
} as const;

export type RedirectStatus = keyof typeof names;

export function redirect(status: RedirectStatus, location: string): Scenario {
  return scenario(send(whole(names[status], { location }, '')));
}

/** Redirects to the address itself, for ever. */
export const redirectLoops = {
  '301 to itself': redirect(301, 'messages'),
  '302 to itself': redirect(302, 'messages'),
  '307 to itself': redirect(307, 'messages'),
  '308 to itself': redirect(308, 'messages'),
} satisfies Record<string, Scenario>;

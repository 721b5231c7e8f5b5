import { errorBody } from '../../messages-api/wire.ts';
import { type Headers, head, html, json, whole } from '../http.ts';
import { end, repeat, type Scenario, scenario, send } from '../scenario.ts';

/** What the API says of each error. */
export const statusWords = 'Ünhappy 🎉';

function answers(status: string, type: string, headers: Headers = {}, code?: string): Scenario {
  return scenario(send(json(status, errorBody(type, statusWords, code), headers)));
}

const page = { 'content-type': 'text/html' };

/** Answers that are errors. */
export const statuses = {
  '302 to nowhere': scenario(send(html('302 Found', ''))),
  '400': answers('400 Bad Request', 'invalid_request_error'),
  '400 with a body of another shape': scenario(send(json('400 Bad Request', { error: 'no' }))),
  '400 with a message that is no text': scenario(
    send(
      json('400 Bad Request', {
        error: { type: 'invalid_request_error', message: ['no', { field: 'model' }] },
      }),
    ),
  ),
  '401': answers('401 Unauthorized', 'authentication_error'),
  '402': answers('402 Payment Required', 'billing_error'),
  '402 with a spend limit': answers(
    '402 Payment Required',
    'billing_error',
    {},
    'linked_organization_spend_limit_reached',
  ),
  '403': answers('403 Forbidden', 'permission_error'),
  '403 with a page': scenario(send(html('403 Forbidden', '<h1>Blocked by your company</h1>'))),
  '404 of the model': answers('404 Not Found', 'not_found_error'),
  '404 of a page': scenario(send(html('404 Not Found', '<h1>Nothing here</h1>'))),
  '408': answers('408 Request Timeout', 'timeout_error'),
  '409': answers('409 Conflict', 'conflict_error'),
  '413': answers('413 Content Too Large', 'request_too_large'),
  '422': answers('422 Unprocessable Content', 'invalid_request_error'),
  '429': answers('429 Too Many Requests', 'rate_limit_error'),
  '429 with retry-after': answers('429 Too Many Requests', 'rate_limit_error', {
    'retry-after': '7',
  }),
  '429 with retry-after: 3600': answers('429 Too Many Requests', 'rate_limit_error', {
    'retry-after': '3600',
  }),
  '429 with x-should-retry: false': answers('429 Too Many Requests', 'rate_limit_error', {
    'x-should-retry': 'false',
  }),
  '429 with a spend limit': answers(
    '429 Too Many Requests',
    'rate_limit_error',
    {},
    'enforced_spend_limit_reached',
  ),
  '429 with a contract spend limit': answers(
    '429 Too Many Requests',
    'rate_limit_error',
    {},
    'contract_spend_limit_reached',
  ),
  '431': answers('431 Request Header Fields Too Large', 'invalid_request_error'),
  '499': answers('499 Client Closed Request', 'api_error'),
  '500': answers('500 Internal Server Error', 'api_error'),
  '500 with broken JSON': scenario(
    send(html('500 Internal Server Error', '{"type": "error", "err')),
  ),
  '500 with null for a body': scenario(
    send(whole('500 Internal Server Error', { 'content-type': 'application/json' }, 'null')),
  ),
  '500 whose page breaks off': scenario(
    send(head('500 Internal Server Error', { ...page, 'content-length': '1000' }), '<h1>Oh'),
    end,
  ),
  '500 whose page never ends': scenario(
    send(head('500 Internal Server Error', { ...page, connection: 'close' })),
    repeat('<p>and on</p>'.repeat(300), 0, 1),
  ),
  '500 with an empty body': scenario(send(html('500 Internal Server Error', ''))),
  '501': answers('501 Not Implemented', 'api_error'),
  '502 with a page': scenario(send(html('502 Bad Gateway', '<h1>Bad gateway</h1>'))),
  '503': answers('503 Service Unavailable', 'api_error'),
  '504': answers('504 Gateway Timeout', 'timeout_error'),
  '503 with retry-after': answers('503 Service Unavailable', 'api_error', { 'retry-after': '7' }),
  '999': answers('999 Request Denied', 'api_error'),
  '529': answers('529 Overloaded', 'overloaded_error'),
  '529 with retry-after': answers('529 Overloaded', 'overloaded_error', { 'retry-after': '7' }),
} satisfies Record<string, Scenario>;

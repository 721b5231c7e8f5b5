/**
 * How the key goes to the server: `Authorization: Bearer …`, as the API itself wants it, or
 * `X-Api-Key: …`.
 */
export const authorizationStyles = ['bearer', 'x-api-key'] as const;
export type AuthorizationStyle = (typeof authorizationStyles)[number];

/** The way into the lazy chunk `dist/header-secrets.cjs`: for those whose headers have secrets. */
export { fillHeaders } from './fill-headers.ts';
export { setHeaderSecret } from './set-header-secret.ts';

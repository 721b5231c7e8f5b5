/** The entry of a lazily loaded chunk: what is looked at before a question is sent. */
export { confirmAttachments } from '../editor/confirm-attachments.ts';
export { checkSecrets } from '../secrets/check-secrets.ts';
export { checkImages } from './check-images.ts';

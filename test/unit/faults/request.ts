export { anyRequest as request } from '../../fakes/request.ts';

export const apiKey = 'sk-ant-unit';

export { toJson } from './json.ts';
export { buildSessions, type LiveSession } from './model.ts';
export { InputError, readInputs } from './read.ts';
export { renderText } from './render-text.ts';
export { detectStyle } from './style.ts';
